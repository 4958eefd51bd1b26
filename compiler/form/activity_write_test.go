package form

import (
	"encoding/json"
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// TestWritten: an Event Hub record as the object that an API tells of the same event with; nothing where that is not known.
func TestWritten(t *testing.T) {
	for _, test := range []struct {
		name, log, record, want string
		write                   func(*schema.Log, map[string]any) (map[string]any, bool)
	}{
		{"an operation", "AzureActivity", `{"category":"Administrative","operationName":"A/B/WRITE","resultType":"Success","resultSignature":"Succeeded.OK","callerIpAddress":"192.0.2.1",
			"resourceId":"/SUBSCRIPTIONS/1","identity":{"authorization":{"action":"a/b/write","evidence":{"role":"r"}},"claims":{"appid":"9"}},"properties":{"eventDataId":"e","statusCode":"OK"}}`,
			`{"authorization":{"action":"a/b/write"},"category":{"value":"Administrative"},"claims":{"appid":"9"},"eventDataId":"e","httpRequest":{"clientIpAddress":"192.0.2.1"},` +
				`"operationName":{"value":"a/b/write"},"properties":{"statusCode":"OK"},"resourceId":"/subscriptions/1","status":{"value":"Succeeded"},"subStatus":{"value":"OK"}}`, ActivityObject},
		{"a result of which the API's word is not known", "AzureActivity", `{"operationName":"X","resultType":"Failure"}`, "", ActivityObject},
		{"another log", "AuditLogs", `{"operationName":"X"}`, "", ActivityObject},
		{"a risk, with its own correlation id", "AADUserRiskEvents", `{"category":"UserRiskEvents","correlationId":"h","properties":{"correlationId":"c","detectedDateTime":"2026-01-02T03:04:05Z","location":{"city":"B"}}}`,
			`{"correlationId":"c","detectedDateTime":"2026-01-02T03:04:05Z","location":{"city":"B","countryOrRegion":"","state":""}}`, GraphObject},
		{"a risky user", "AADRiskyUsers", `{"correlationId":"u","properties":{"id":"u","riskState":"atRisk"}}`,
			`{"id":"u","riskLastUpdatedDateTime":"1970-01-01T00:00:00Z","riskState":"atRisk"}`, GraphObject},
		{"what Microsoft Graph does not list", "AADServicePrincipalSignInLogs", `{"properties":{}}`, "", GraphObject},
	} {
		t.Run(test.name, func(t *testing.T) {
			var record map[string]any
			if err := json.Unmarshal([]byte(test.record), &record); err != nil {
				t.Fatal(err)
			}
			obj, ok := test.write(schema.ByName(test.log), record)
			got := ""
			if ok {
				text, err := json.Marshal(obj)
				if err != nil {
					t.Fatal(err)
				}
				got = string(text)
			}
			if got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
