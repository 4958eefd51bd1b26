// Package portal writes the form, createUiDefinition.json, with which the Azure portal asks for the parameters of a
// template that is deployed to the workspace of Microsoft Sentinel. The elements are those of
// learn.microsoft.com/azure/azure-resource-manager/managed-applications/create-uidefinition-elements; the choice of the
// workspace is as the packaging tool of the Azure-Sentinel repository makes it.
package portal
