package judge

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// What the tables of Apache and of nginx keep are lines, from which the fields are taken: the examples of both manuals, and
// lines that are hard to take apart.
func TestAccessLines(t *testing.T) {
	const agent = `Mozilla/4.08 [en] (Win98; I ;Nav)`
	for _, test := range []struct {
		log, line string
		want      map[string]string
	}{
		{"ApacheAccess", `127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326`, map[string]string{
			"c-ip": "127.0.0.1", "cs-username": "frank", "cs-method": "GET", "cs-uri": "/apache_pb.gif", "cs-uri-stem": "/apache_pb.gif",
			"cs-uri-query": "", "cs-version": "HTTP/1.0", "sc-status": "200", "sc-bytes": "2326", "cs-referer": "", "cs-user-agent": "",
		}},
		{"ApacheAccess", `127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /a?b=c%20d HTTP/1.0" 304 - "http://www.example.com/start.html" "` + agent + `"`, map[string]string{
			"cs-username": "-", "cs-uri": "/a?b=c%20d", "cs-uri-stem": "/a", "cs-uri-query": "b=c%20d", "sc-status": "304", "sc-bytes": "-",
			"cs-referer": "http://www.example.com/start.html", "cs-user-agent": agent,
		}},
		{"ApacheAccess", `www.example.com:443 2001:db8::1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/2.0" 200 12 "-" "a \"b\" \\c"`, map[string]string{
			"c-ip": "2001:db8::1", "cs-referer": "-", "cs-user-agent": `a "b" \c`,
		}},
		{"ApacheAccess", `203.0.113.5 - a b [10/Oct/2000:13:55:36 -0700] "\x16\x03\x01" 400 226 "-" "-"`, map[string]string{
			"c-ip": "203.0.113.5", "cs-username": "a b", "cs-method": "", "cs-uri": "", "sc-status": "400",
		}},
		{"ApacheAccess", `203.0.113.5 - - [10/Oct/2000:13:55:36 -0700] "GET /a b/\"c\" HTTP/1.1" 400 0 "-" "\" 200 1 \"x"`, map[string]string{
			"cs-uri": `/a b/"c"`, "cs-version": "HTTP/1.1", "sc-status": "400", "cs-user-agent": `" 200 1 "x`,
		}},
		{"ApacheAccess", `[Wed Oct 11 14:32:52 2000] [error] [client 127.0.0.1] client denied by server configuration: "GET /a HTTP/1.1" 403 `, map[string]string{
			"sc-status": "", "cs-method": "", "c-ip": "",
		}},
		{"NginxAccess", `203.0.113.5 - - [10/Oct/2000:13:55:36 +0000] "GET /\x22a?b HTTP/1.1" 404 153 "-" "x \x22y\x22 \x5Cz"`, map[string]string{
			"c-ip": "203.0.113.5", "cs-uri": `/"a?b`, "cs-uri-query": "b", "sc-status": "404", "sc-bytes": "153", "cs-user-agent": `x "y" \z`,
		}},
		{"NginxAccess", `2000/10/10 13:55:36 [error] 12#12: *3 open() "/a" failed (2: No such file or directory), client: 203.0.113.5, request: "GET /a HTTP/1.1"`, map[string]string{
			"sc-status": "", "c-ip": "",
		}},
	} {
		h := homes.Of(schema.Named(test.log))[0]
		for field, want := range test.want {
			check(t, h, field, want, map[string]any{"RawData": test.line})
		}
	}
}
