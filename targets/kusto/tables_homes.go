package kusto

// The things that rows of tables with homes are about; the Sysmon events in Event and WindowsEvent, whose fields are no
// columns, have what their columns are by name.

func host(field string) entity {
	return entity{"Host", []identifier{{"HostName", field, hostName}, {"DnsDomain", field, dnsDomain}}}
}

func process(id, created, commandLine string) entity {
	return entity{"Process", []identifier{{"ProcessId", id, whole}, {"CreationTimeUtc", created, whole}, {"CommandLine", commandLine, whole}}}
}

func windowsAccount(user, domain, sid string) entity {
	e := account2(user, domain)
	e.identifiers = append(e.identifiers, identifier{"Sid", sid, whole})
	return e
}

// initiator is who did it, in the tables of Defender for Endpoint.
var initiator = windowsAccount("InitiatingProcessAccountName", "InitiatingProcessAccountDomain", "InitiatingProcessAccountSid")

var initiating = process("InitiatingProcessId", "InitiatingProcessCreationTime", "InitiatingProcessCommandLine")

// person is someone of whom there is a name in one column, in any of its forms.
func person(field string) entity { return one("Account", "FullName", field).entity }

// endpoint are the tables of Defender for Endpoint, of the Security log, of other clouds, of appliances, and the parsers of ASIM.
var endpoint = map[string]table{
	"SecurityEvent": {entities: []entity{
		windowsAccount("SubjectUserName", "SubjectDomainName", "SubjectUserSid"),
		windowsAccount("TargetUserName", "TargetDomainName", "TargetUserSid"),
		host("Computer"), address("IpAddress"),
	}},
	"DeviceProcessEvents": {entities: []entity{
		windowsAccount("AccountName", "AccountDomain", "AccountSid"), host("DeviceName"),
		process("ProcessId", "ProcessCreationTime", "ProcessCommandLine"), byHash("SHA256").entity,
	}},
	"DeviceFileEvents":      {entities: []entity{initiator, host("DeviceName"), initiating, byHash("SHA256").entity}},
	"DeviceImageLoadEvents": {entities: []entity{initiator, host("DeviceName"), initiating, byHash("SHA256").entity}},
	"DeviceRegistryEvents":  {entities: []entity{initiator, host("DeviceName"), initiating}},
	"DeviceNetworkEvents":   {entities: []entity{initiator, host("DeviceName"), initiating, address("RemoteIP")}},
	"AWSCloudTrail":         {entities: []entity{address("SourceIpAddress")}},
	"CloudAppEvents":        {entities: []entity{account("RawEventData.UserId", ""), address("IPAddress")}},
	"SecurityAlert":         {entities: []entity{person("CompromisedEntity")}},
	"OfficeActivity":        {entities: []entity{account("UserId", ""), address("ClientIP")}},
	"OktaV2_CL":             {entities: []entity{account("OriginalActorAlternateId", ""), address("SrcIpAddr")}},
	"GitHubAuditLogsV2_CL":  {entities: []entity{person("Actor"), address("ActorIp")}},
	"GCPAuditLogs":          {entities: []entity{account("PrincipalEmail", ""), address("RequestMetadata.callerIp")}},
	"OneLoginEventsV2_CL":   {entities: []entity{person("ActorUserName"), address("Ipaddr")}},
	"DuoAuthentication_CL":  {entities: []entity{person("UserName"), address("AccessDeviceIp")}},
	"W3CIISLog":             {entities: []entity{address("cIP"), host("Computer")}},
	"CommonSecurityLog":     {entities: []entity{address("SourceIP"), address("DestinationIP"), person("SourceUserName")}},
	"DnsEvents":             {entities: []entity{address("ClientIP"), host("Computer"), one("DNS", "DomainName", "Name").entity}},
	"Syslog":                {entities: []entity{host("HostName")}},
	"ApacheHTTPServer_CL":   {entities: []entity{host("Computer")}},
	"_Im_WebSession":        {entities: []entity{address("SrcIpAddr"), person("SrcUsername"), one("URL", "Url", "Url").entity}},
	"_Im_Dns":               {entities: []entity{address("SrcIpAddr"), one("DNS", "DomainName", "DnsQuery").entity}},
	"_Im_NetworkSession":    {entities: []entity{address("SrcIpAddr"), address("DstIpAddr")}},
	"_Im_ProcessCreate": {entities: []entity{
		host("DvcHostname"), person("ActorUsername"), process("TargetProcessId", "TargetProcessCreationTime", "TargetProcessCommandLine"),
	}},
	"_Im_RegistryEvent": {entities: []entity{host("DvcHostname"), person("ActorUsername")}},
	"_Im_FileEvent":     {entities: []entity{host("DvcHostname"), person("ActorUsername")}},
	"DeviceEvents":      {entities: []entity{initiator, host("DeviceName"), initiating}},
}
