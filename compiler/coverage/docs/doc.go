// Package docs writes Markdown about rules: a page for each, and one that leads to them and says what all of them together
// need. Texts of rules are data to it: they are escaped, so that none becomes a heading, a link, a tag or an end of code.
package docs
