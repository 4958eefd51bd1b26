// Package solution writes a solution for the Content Hub of Microsoft Sentinel: the folder that the Azure-Sentinel
// repository takes, and in its folder Package what that repository's packaging tool would make of it
// (github.com/Azure/Azure-Sentinel, Tools/Create-Azure-Sentinel-Solution, V3): templates of the content, which who
// installs the solution makes rules of, and the form of the portal.
//
// It knows nothing of rules but what stands in its types; the target fills them.
package solution
