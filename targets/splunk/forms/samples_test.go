package forms

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// published are the kinds of sample events that are of a log, in the reference data beside the repository.
var published = map[string]string{
	"AuditLogs": "audit b2c-audit", "AADUserRiskEvents": "risk", "AADRiskyUsers": "risk", "AzureActivity": "azure-activity",
	"SigninLogs": "signin-interactive", "AADNonInteractiveUserSignInLogs": "signin-noninteractive",
	"UserSignInLogs":                "signin-interactive signin-noninteractive",
	"AADServicePrincipalSignInLogs": "signin-serviceprincipal", "AADManagedIdentitySignInLogs": "signin-managedidentity",
	"AZKVAuditLogs": "keyvault", "AzureDiagnostics": "keyvault", "MicrosoftGraphActivityLogs": "graph-activity", "M365Audit": "o365",
}

// shapes are the forms of samples that have the shape of a data form. What is called "splunk" there is what an add-on has
// indexed: of the Activity log an object of the API, and else the record as it is.
var shapes = map[string]string{"eventhub": "eventhub splunk", "graph": "graph", "rest": "rest splunk", "management": "o365 splunk"}

// unseen are paths that no published event in the form has, and why they are in it all the same.
var unseen = []struct{ of, why, paths string }{
	{"entra=azure-add-on", "two sign-ins of Microsoft Graph are published, and its reference has these properties of signIn", `
		agent appOwnerTenantId appliedEventListeners globalSecureAccessIpAddress isThroughGlobalSecureAccess
		networkLocationDetails.networkNames networkLocationDetails.networkType originalTransferMethod resourceOwnerTenantId
		riskEventTypes sessionId sessionLifetimePolicies.detail sessionLifetimePolicies.expirationRequirement
		tokenProtectionStatusDetails tokenProtectionStatusDetails.signInSessionStatus
		tokenProtectionStatusDetails.signInSessionStatusCode`},
	{"entra=azure-add-on", "seen in unpublished sign-ins of both forms", "alternateSignInName"},
	{"entra=eventhub", "a column of the table, whose name all others have in the record", `
		properties.agent properties.appliedEventListeners properties.authenticationMethodsUsed properties.federatedCredentialId
		properties.globalSecureAccessIpAddress properties.homeTenantName properties.ipAddressFromResourceProvider
		properties.signInIdentifierType properties.sourceAppClientId properties.servicePrincipalCredentialThumbprint
		properties.signInEventTypes properties.clientSessionId properties.managedServiceIdentity`},
	{"entra=eventhub", "in objects of Microsoft Graph, and a record may repeat all of them", `
		properties.initiatedBy.user.agentType properties.initiatedBy.user.homeTenantId properties.initiatedBy.user.homeTenantName
		properties.initiatedBy.user.userType properties.location.geoCoordinates.altitude`},
	{"entra=eventhub", "older records write it with a small letter", "level"},
	{"entra=eventhub", "audit records have none, and a condition on it is false", "resultType"},
	{"entra=eventhub", "a column of the table of Graph activity, whose name all others have in the record", `
		properties.atContent properties.deviceId properties.servicePrincipalId properties.sessionId properties.uniqueTokenId`},
	{"activity=eventhub", "in objects of the API and in rows of the table, which have the claims and properties of the record", `
		identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name
		identity.claims.http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn
		identity.claims.ipaddr identity.claims.name identity.claims.xms_mirid
		properties properties.entity properties.eventDataId properties.hierarchy properties.httpRequest properties.message
		properties.requestbody properties.responseBody properties.serviceRequestId properties.statusCode`},
	{"activity=audit-input", "a claim of managed identities, in rows of the table", "claims.xms_mirid"},
	{"m365=management", "in the schema of the API, of messages that Microsoft Defender for Office 365 has looked at", `
		DeliveryAction DetectionMethod DetectionType Directionality InternetMessageId LatestDeliveryLocation MessageTime
		NetworkMessageId OriginalDeliveryLocation P1Sender P2Sender PhishConfidenceLevel PolicyAction Recipients SenderIp Subject
		Verdict`},
	{"resource=eventhub", "a column of the table, whose name all others have in the record", `
		properties.addressAuthorizationType properties.algorithm properties.appliedAssignmentId properties.certificateIssuerProperties
		properties.certificateRequestProperties properties.hsmPoolResourceId properties.isAddressAuthorized properties.nsp
		properties.storageAccountProperties properties.storageSasDefinitionProperties properties.subnetId
		properties.trustedService properties.vaultProperties`},
}

// TestSamples looks up every path that a form has for a log in the published events of the log in that form, or, as some
// logs have few, in those of other sign-ins, which share their objects.
func TestSamples(t *testing.T) {
	events := sampleEvents(t)
	excused := map[string]bool{}
	for _, u := range unseen {
		for _, path := range strings.Fields(u.paths) {
			excused[u.of+" "+path] = false
		}
	}
	for _, f := range All() {
		of := f.Family + "=" + f.Name
		seen := map[string]map[string]bool{}
		signIns := map[string]bool{}
		for _, d := range f.Logs {
			seen[d.Log.Name] = map[string]bool{}
			for _, e := range events {
				if !e.shows(d) {
					continue
				}
				collect(seen[d.Log.Name], "", e.event)
				if strings.HasPrefix(e.Kind, "signin") {
					collect(signIns, "", e.event)
				}
			}
		}
		for _, d := range f.Logs {
			if len(seen[d.Log.Name]) == 0 {
				continue // none is published
			}
			for _, path := range d.claims() {
				_, known := excused[of+" "+path]
				switch {
				case seen[d.Log.Name][path]:
				case strings.HasPrefix(published[d.Log.Name], "signin") && signIns[path]:
				case known:
					excused[of+" "+path] = true
				default:
					t.Errorf("%s, %s: no published event has %s", of, d.Log.Name, path)
				}
			}
		}
	}
	for what, needed := range excused {
		if !needed {
			t.Errorf("%s: is in a published event, or in no form any more", what)
		}
	}
}

type sample struct {
	File, Kind, Form, Trust string

	event any
}

// shows reports whether the event is of the log, in the shape of its form. What was edited shows no shape.
func (s sample) shows(d *Data) bool {
	api := s.Kind == "azure-activity" && s.Form == "splunk"
	return s.Trust != "edited" && slices.Contains(strings.Fields(published[d.Log.Name]), s.Kind) &&
		slices.Contains(strings.Fields(shapes[d.Shape]), s.Form) && !(api && d.Shape != "rest")
}

func sampleEvents(t *testing.T) []sample {
	t.Helper()
	dir := filepath.Join("..", "..", "..", "..", "shared", "samples")
	text, err := os.ReadFile(filepath.Join(dir, "index.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no reference data")
	}
	var out []sample
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	for i := range out {
		if err == nil {
			text, err = os.ReadFile(filepath.Join(dir, out[i].File))
		}
		if err == nil {
			err = json.Unmarshal(text, &out[i].event)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// collect notes the paths of a value, also those in texts that hold JSON.
func collect(seen map[string]bool, path string, v any) {
	seen[path] = true
	switch v := v.(type) {
	case map[string]any:
		for key, v := range v {
			collect(seen, strings.TrimPrefix(path+"."+key, "."), v)
		}
	case []any:
		for _, v := range v {
			collect(seen, path, v)
		}
	case string:
		var inner any
		if json.Unmarshal([]byte(v), &inner) == nil {
			collect(seen, path, inner)
		}
	}
}

// claims are the paths at which the form has something of the log.
func (d *Data) claims() []string {
	var out []string
	var add func(path, canonical string, c *schema.Column)
	add = func(path, canonical string, c *schema.Column) {
		if f, ok := d.fields[canonical]; ok && f.None != "" {
			return
		}
		out = append(out, path)
		for _, m := range c.Members {
			add(path+"."+m.Name, canonical+"."+m.Name, m)
		}
	}
	for _, c := range d.Log.Columns {
		f := d.Field(c)
		for _, path := range []string{f.Path, f.Else} {
			if path != "" && f.Const == "" {
				add(path, c.Name, c)
			}
		}
	}
	return out
}
