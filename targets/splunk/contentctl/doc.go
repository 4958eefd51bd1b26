// Package contentctl writes content in the form of contentctl, with which Splunk's own detections are kept and built into
// an app: a file of YAML for each detection, macro, lookup, data source and story, in the folder of its kind.
//
// It knows no rules: package splunk says what a detection is made of. The keys and what may stand in them are those that
// version 5 of contentctl reads (C: contentctl/objects); testdata/schema/contentctl.json says the same as a schema.
package contentctl
