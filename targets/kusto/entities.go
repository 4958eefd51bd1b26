package kusto

import (
	"slices"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// maxEntities is how many mappings Sentinel takes of one rule.
const maxEntities = 10

// entitiesOf are the things that the rows of a log are about: what the facts about its table say, or else what its
// columns are by their names.
func entitiesOf(log *schema.Log) []entity {
	if facts, ok := tables[log.Name]; ok {
		return facts.entities
	}
	if facts, ok := endpoint[log.Name]; ok {
		return facts.entities
	}
	return derived(log)
}

// convention is an entity that columns of certain names identify in whatever table they stand.
type convention struct {
	about string // of several about one thing, the first whose columns are all there is taken
	entity
	also []identifier // where the table has them
}

// conventions are the column names of the tables of Log Analytics, of Defender XDR and of ASIM, the best first.
var conventions = []convention{
	byUPN("user", "UserPrincipalName", "UserId", "AadUserId"),
	byUPN("user", "AccountUpn", "AccountObjectId", "AadUserId"),
	byUPN("user", "TargetUserUpn", "", ""),
	{about: "user", entity: account2("TargetUserName", "TargetDomainName"), also: []identifier{{"Sid", "TargetUserSid", whole}}},
	{about: "user", entity: account2("TargetUserName", "TargetUserDomain"), also: []identifier{{"Sid", "TargetUserSid", whole}}},
	{about: "user", entity: account2("AccountName", "AccountDomain"), also: []identifier{{"Sid", "AccountSid", whole}}},
	{about: "user", entity: entity{"Account", []identifier{{"Sid", "AccountSid", whole}}}},
	byUPN("actor", "InitiatingProcessAccountUpn", "InitiatingProcessAccountObjectId", "AadUserId"),
	byUPN("actor", "Caller", "", ""),
	{about: "actor", entity: account2("SubjectUserName", "SubjectDomainName"), also: []identifier{{"Sid", "SubjectUserSid", whole}}},
	{about: "actor", entity: account2("ActorUsername", "ActorDomain"), also: []identifier{{"Sid", "ActorUserSid", whole}}},

	byFQDN("DeviceName"), byFQDN("Computer"), byFQDN("DvcFQDN"),

	byAddress("source", "IPAddress"), byAddress("source", "IpAddress"), byAddress("source", "SrcIpAddr"), byAddress("source", "SourceIP"),
	byAddress("source", "ClientIP"), byAddress("source", "ClientIPAddress"), byAddress("source", "CallerIpAddress"), byAddress("source", "SourceIpAddress"),
	byAddress("remote", "RemoteIP"), byAddress("remote", "DstIpAddr"), byAddress("remote", "DestinationIP"),

	{about: "process", entity: entity{"Process", []identifier{{"ProcessId", "ProcessId", whole}, {"CreationTimeUtc", "ProcessCreationTime", whole}}},
		also: []identifier{{"CommandLine", "ProcessCommandLine", whole}}},
	{about: "parent", entity: entity{"Process", []identifier{
		{"ProcessId", "InitiatingProcessId", whole}, {"CreationTimeUtc", "InitiatingProcessCreationTime", whole},
	}}, also: []identifier{{"CommandLine", "InitiatingProcessCommandLine", whole}}},

	byHash("SHA256"), byHash("SHA1"), byHash("MD5"),
	{about: "file", entity: entity{"File", []identifier{{"Name", "FileName", whole}, {"Directory", "FolderPath", whole}}}},

	one("URL", "Url", "Url"), one("URL", "Url", "RemoteUrl"), one("URL", "Url", "RequestURL"),
	one("DNS", "DomainName", "DnsQuery"), one("DNS", "DomainName", "QueryName"),
	one("Mailbox", "MailboxPrimaryAddress", "RecipientEmailAddress"), one("Mailbox", "MailboxPrimaryAddress", "MailboxOwnerUPN"),
	one("CloudApplication", "Name", "AppDisplayName"), one("CloudApplication", "Name", "Application"),
	one("AzureResource", "ResourceId", "_ResourceId"), one("AzureResource", "ResourceId", "ResourceId"),
}

func byUPN(about, upn, id, as string) convention {
	c := convention{about: about, entity: account(upn, "")}
	if id != "" {
		c.also = []identifier{{as, id, whole}}
	}
	return c
}

func account2(user, domain string) entity {
	return entity{"Account", []identifier{{"Name", user, whole}, {"NTDomain", domain, whole}}}
}

func byFQDN(field string) convention {
	return convention{about: "host", entity: entity{"Host", []identifier{{"HostName", field, hostName}, {"DnsDomain", field, dnsDomain}}}}
}

func byAddress(about, field string) convention {
	return convention{about: about, entity: address(field)}
}

func byHash(field string) convention {
	return convention{about: "hash", entity: entity{"FileHash", []identifier{{"Algorithm", field, algorithm}, {"Value", field, whole}}}}
}

func one(kind, name, field string) convention {
	return convention{about: kind, entity: entity{kind, []identifier{{name, field, whole}}}}
}

// derived finds the conventions that the columns of a log keep.
func derived(log *schema.Log) []entity {
	types := map[string]schema.Type{}
	for _, c := range log.Columns {
		if !c.Array && len(c.Members) == 0 && !c.Open && homes.Computed(log, c) == nil {
			types[c.Name] = c.Type
		}
	}
	there := func(id identifier) bool {
		t, ok := types[id.field]
		return ok && (id.half == whole || t == schema.String)
	}
	var out []entity
	done := map[string]bool{}
	for _, c := range conventions {
		if done[c.about] || slices.ContainsFunc(c.identifiers, func(id identifier) bool { return !there(id) }) {
			continue
		}
		done[c.about] = true
		e := entity{c.kind, slices.Clone(c.identifiers)}
		for _, id := range c.also {
			if there(id) {
				e.identifiers = append(e.identifiers, id)
			}
		}
		if out = append(out, e); len(out) == maxEntities {
			break
		}
	}
	return out
}

// strong are the identifiers by which Sentinel tells one entity from all others: one of the sets has to be there. By
// less, two things may become one, or an alert lose its entity. Process lacks its host in a mapping of its own, DNS the
// server that was asked; Sentinel takes them all the same.
var strong = map[string][][]string{
	"Account": {
		{"Name", "UPNSuffix"}, {"Name", "NTDomain"}, {"Name", "DnsDomain"}, {"AadUserId"}, {"Sid"}, {"PUID"}, {"ObjectGuid"},
	},
	"Host":             {{"HostName", "NTDomain"}, {"HostName", "DnsDomain"}, {"NetBiosName", "NTDomain"}, {"AzureID"}, {"OMSAgentID"}},
	"IP":               {{"Address"}},
	"CloudApplication": {{"Name"}, {"AppId"}},
	"AzureResource":    {{"ResourceId"}},
	"Process":          {{"ProcessId", "CreationTimeUtc"}},
	"File":             {{"Name", "Directory"}},
	"FileHash":         {{"Algorithm", "Value"}},
	"URL":              {{"Url"}},
	"DNS":              {{"DomainName"}},
	"Mailbox":          {{"MailboxPrimaryAddress"}},
}

// Strong reports whether the identifiers tell the entity from all others.
func (e Entity) Strong() bool {
	return slices.ContainsFunc(strong[e.Type], func(set []string) bool {
		return !slices.ContainsFunc(set, func(name string) bool {
			return !slices.ContainsFunc(e.Identifiers, func(id Identifier) bool { return id.Name == name })
		})
	})
}

// half says which part of its field an identifier is: the name or the suffix of a user principal name, the host or the
// domain of a host's full name; or what the field is by its name. Sentinel wants these apart.
type half int

const (
	whole half = iota - 1
	prefix
	suffix
	hostName
	dnsDomain
	algorithm
)

// of returns the part of a column.
func (h half) of(column, field string) kql.Expr {
	switch h {
	case prefix, suffix:
		return call("tostring", &kql.Index{X: call("split", name(column), str("@")), I: number(int(h))})
	case hostName:
		return call("tostring", &kql.Index{X: call("split", name(column), str(".")), I: number(0)})
	case dnsDomain:
		return call("strcat_array", call("array_slice", call("split", name(column), str(".")), number(1), number(-1)), str("."))
	case algorithm:
		return str(field)
	default:
		return name(column)
	}
}
