package kusto

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
)

// TestDerived: what the columns of tables identify, by tables of Log Analytics, Defender XDR and ASIM cut down to the
// columns that matter, and by near misses.
func TestDerived(t *testing.T) {
	for _, tt := range []struct {
		name, columns string
		want          []string
	}{
		{"DeviceProcessEvents", "DeviceName AccountUpn AccountObjectId ProcessId:long ProcessCreationTime:datetime ProcessCommandLine SHA256 FileName FolderPath", []string{
			"Account Name=AccountUpn UPNSuffix=AccountUpn AadUserId=AccountObjectId", "Host HostName=DeviceName DnsDomain=DeviceName",
			"Process ProcessId=ProcessId CreationTimeUtc=ProcessCreationTime CommandLine=ProcessCommandLine",
			"FileHash Algorithm=SHA256 Value=SHA256", "File Name=FileName Directory=FolderPath",
		}},
		{"SecurityEvent", "Computer TargetUserName TargetDomainName TargetUserSid SubjectUserName SubjectDomainName IpAddress", []string{
			"Account Name=TargetUserName NTDomain=TargetDomainName Sid=TargetUserSid", "Account Name=SubjectUserName NTDomain=SubjectDomainName",
			"Host HostName=Computer DnsDomain=Computer", "IP Address=IpAddress",
		}},
		{"EmailEvents", "RecipientEmailAddress", []string{"Mailbox MailboxPrimaryAddress=RecipientEmailAddress"}},
		{"UrlClickEvents", "AccountUpn IPAddress Url", []string{"Account Name=AccountUpn UPNSuffix=AccountUpn", "IP Address=IPAddress", "URL Url=Url"}},
		{"ASimDnsActivityLogs", "SrcIpAddr DnsQuery", []string{"IP Address=SrcIpAddr", "DNS DomainName=DnsQuery"}},
		{"a name without its domain", "TargetUserName AccountName FileName ProcessId:long", nil},
		{"a path that is no text", "UserPrincipalName:dynamic DeviceName:dynamic", nil},
		{"names in another case", "userprincipalname ipaddress", nil},
	} {
		log := &schema.Log{Name: "of this test"}
		for field := range strings.FieldsSeq(tt.columns) {
			name, typ, ok := strings.Cut(field, ":")
			if !ok {
				typ = "string"
			}
			log.Columns = append(log.Columns, &schema.Column{Name: name, Type: schema.Type(typ)})
		}
		var got []string
		for _, e := range entitiesOf(log) {
			line := e.kind
			out := Entity{Type: e.kind}
			for _, id := range e.identifiers {
				line += " " + id.name + "=" + id.field
				out.Identifiers = append(out.Identifiers, Identifier{Name: id.name})
			}
			if !out.Strong() {
				t.Errorf("%s: %s is weak", tt.name, line)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

// TestStrong: the facts about tables and the conventions name strong entities, and what is weak is known as weak.
func TestStrong(t *testing.T) {
	of := func(e entity) Entity {
		out := Entity{Type: e.kind}
		for _, id := range e.identifiers {
			out.Identifiers = append(out.Identifiers, Identifier{Name: id.name})
		}
		return out
	}
	var all []entity
	for _, facts := range tables {
		all = append(all, facts.entities...)
	}
	for _, c := range conventions {
		all = append(all, c.entity)
	}
	for _, e := range all {
		if !of(e).Strong() {
			t.Errorf("%s by %v is weak", e.kind, e.identifiers)
		}
	}
	for kind, names := range map[string][]string{
		"Account": {"Name"}, "Host": {"HostName"}, "FileHash": {"Value"}, "File": {"Name"}, "Process": {"ProcessId"}, "Malware": {"Name"},
	} {
		e := Entity{Type: kind}
		for _, n := range names {
			e.Identifiers = append(e.Identifiers, Identifier{Name: n})
		}
		if e.Strong() {
			t.Errorf("%s by %v is strong", kind, names)
		}
	}
}

// TestParts: the parts of a field, as KQL.
func TestParts(t *testing.T) {
	var got []string
	for _, h := range []half{whole, prefix, suffix, hostName, dnsDomain, algorithm} {
		q := &kql.Query{Source: &kql.Table{Name: "T"}, Ops: []kql.Operator{&kql.Extend{Columns: []kql.Assign{{Name: "X", X: h.of("Column", "SHA256")}}}}}
		got = append(got, strings.TrimPrefix(strings.TrimSpace(q.String()), "T\n| extend "))
	}
	want := []string{
		"X = Column", `X = tostring(split(Column, "@")[0])`, `X = tostring(split(Column, "@")[1])`, `X = tostring(split(Column, ".")[0])`,
		`X = strcat_array(array_slice(split(Column, "."), 1, -1), ".")`, `X = "SHA256"`,
	}
	if !slices.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
}
