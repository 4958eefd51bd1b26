// Package lang reads translations of what rules say about themselves. They stand in a file for every language, by the ids
// of the rules, each with a digest of the text it was made from, so that one that has fallen behind is noticed.
//
//	6ba0f394-59f2-497c-ac29-2265871c70d7:
//	  title: {of: 1b2c3d4e, text: …}
//	  description: {of: 5f6a7b8c, text: …}
//	  triage: {of: 9d0e1f2a, text: [ …, … ]}
package lang
