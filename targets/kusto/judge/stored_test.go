package judge

import (
	"fmt"
	"testing"

	"github.com/sigc-rules/sigc/compiler/kql"
	"github.com/sigc-rules/sigc/compiler/kql/eval"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
)

// storedRows are rows as the tables have them, of which no event of the cases becomes one, and what a field of the log is in
// them: the same as Sysmon writes it.
var storedRows = []struct {
	log, table string
	row        map[string]any
	field      string
	want       string
}{
	// Hives of users come below one root or the other, sets of controls by any number, data as texts.
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryKey": `HKEY_LOCAL_MACHINE\SYSTEM\ControlSet001\Services\s`, "RegistryValueName": "Start"}, "TargetObject", `HKLM\System\CurrentControlSet\Services\s\Start`},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryKey": `HKEY_LOCAL_MACHINE\SYSTEM\ControlSet002\Services\s`, "RegistryValueName": "Start"}, "TargetObject", `HKLM\System\CurrentControlSet\Services\s\Start`},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryKey": `HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\s`, "RegistryValueName": "Start"}, "TargetObject", `HKLM\SYSTEM\CurrentControlSet\Services\s\Start`},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryKey": `HKEY_CURRENT_USER\S-1-5-21-1-2-3-500\SOFTWARE\a`, "RegistryValueName": ""}, "TargetObject", `HKU\S-1-5-21-1-2-3-500\SOFTWARE\a\(Default)`},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryKey": `HKEY_USERS\.DEFAULT\SOFTWARE\a`, "RegistryValueName": "b"}, "TargetObject", `HKU\.DEFAULT\SOFTWARE\a\b`},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryValueType": "Dword", "RegistryValueData": "1"}, "Details", "DWORD (0x00000001)"},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryValueType": "Qword", "RegistryValueData": "4294967306"}, "Details", "QWORD (0x00000001-0x0000000a)"},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryValueType": "Binary", "RegistryValueData": "0a0b"}, "Details", "Binary Data"},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryValueType": "String", "RegistryValueData": ""}, "Details", "(Empty)"},
	{"SysmonRegistrySet", "DeviceRegistryEvents", map[string]any{"RegistryValueType": "ExpandString", "RegistryValueData": `%windir%\a.dll`}, "Details", `%windir%\a.dll`},
	{"SysmonRegistryDelete", "DeviceRegistryEvents", map[string]any{"ActionType": "RegistryValueDeleted", "PreviousRegistryKey": `HKEY_LOCAL_MACHINE\SOFTWARE\a`, "PreviousRegistryValueName": "b"}, "TargetObject", `HKLM\SOFTWARE\a\b`},
	{"SysmonRegistryDelete", "DeviceRegistryEvents", map[string]any{"ActionType": "RegistryKeyDeleted", "PreviousRegistryKey": `HKEY_LOCAL_MACHINE\SOFTWARE\a`}, "TargetObject", `HKLM\SOFTWARE\a`},
	{"SysmonRegistry", "DeviceRegistryEvents", map[string]any{"ActionType": "RegistryKeyRenamed", "PreviousRegistryKey": `HKEY_LOCAL_MACHINE\SOFTWARE\a`, "RegistryKey": `HKEY_LOCAL_MACHINE\SOFTWARE\b`}, "NewName", `HKLM\SOFTWARE\b`},
	// The parsers of ASIM give what their sources have.
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryKey": `HKEY_LOCAL_MACHINE\Classes\a`, "RegistryValue": "b"}, "TargetObject", `HKCR\a\b`},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryKey": `HKEY_LOCAL_MACHINE\SOFTWARE\Classes\a`, "RegistryValue": "b"}, "TargetObject", `HKCR\a\b`},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryKey": `HKEY_CURRENT_USER\S-1-5-21-1\a`, "RegistryValue": "b"}, "TargetObject", `HKU\S-1-5-21-1\a\b`},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryValueType": "Reg_DWord", "RegistryValueData": "16"}, "Details", "DWORD (0x00000010)"},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryValueType": "REG_DWORD", "RegistryValueData": "16"}, "Details", "DWORD (0x00000010)"},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryValueType": "", "RegistryValueData": "DWORD (0x00000010)"}, "Details", "DWORD (0x00000010)"},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryValueType": "Reg_Sz", "RegistryValueData": ""}, "Details", "(Empty)"},
	{"SysmonRegistrySet", "_Im_RegistryEvent", map[string]any{"RegistryValueType": "", "RegistryValueData": ""}, "Details", ""},
	// Addresses of IPv4 in those of IPv6, and whole addresses of the Web.
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{"ActionType": "ConnectionSuccess", "RemoteIP": "::ffff:10.0.0.5", "LocalIP": "10.0.0.1"}, "DestinationIp", "10.0.0.5"},
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{"ActionType": "InboundConnectionAccepted", "RemoteIP": "::ffff:10.0.0.5", "LocalIP": "::ffff:10.0.0.1"}, "SourceIp", "10.0.0.5"},
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{"ActionType": "ConnectionSuccess", "RemoteIP": "2001:db8::ffff:10"}, "DestinationIp", "2001:db8::ffff:10"},
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{"ActionType": "ConnectionSuccess", "RemoteUrl": "https://A.example.com:8443/x?y"}, "DestinationHostname", "a.example.com"},
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{"ActionType": "ConnectionSuccess", "RemoteUrl": "a.example.com:443"}, "DestinationHostname", "a.example.com"},
	// The parser of Defender has a host in parts, and the rest of an address behind it.
	{"SysmonNetworkConnection", "_Im_NetworkSession", map[string]any{"DstHostname": "a", "DstFQDN": "a.example.com/x"}, "DestinationHostname", "a.example.com"},
	{"SysmonNetworkConnection", "_Im_NetworkSession", map[string]any{"DstHostname": "a.example.com"}, "DestinationHostname", "a.example.com"},
	{"SysmonNetworkConnection", "_Im_NetworkSession", map[string]any{"DstProcessName": "a.exe"}, "Image", "a.exe"},
	// Numbers and names within AdditionalFields, as published queries and their results have them.
	{"SysmonProcessAccess", "DeviceEvents", map[string]any{"AdditionalFields": map[string]any{"DesiredAccess": 2097151}}, "GrantedAccess", "0x1fffff"},
	{"SysmonProcessAccess", "DeviceEvents", map[string]any{"AdditionalFields": map[string]any{"DesiredAccess": 5136}}, "GrantedAccess", "0x1410"},
	{"SysmonPipe", "DeviceEvents", map[string]any{"AdditionalFields": map[string]any{"PipeName": `\Device\NamedPipe\lsass`}}, "PipeName", `\lsass`},
	{"SysmonDNS", "DeviceEvents", map[string]any{"AdditionalFields": map[string]any{"DnsQueryString": "a.example.com"}}, "QueryName", "a.example.com"},
	{"SysmonProcessCreation", "DeviceProcessEvents", map[string]any{"LogonId": 999}, "LogonId", "0x3e7"},
	{"SysmonProcessCreation", "DeviceProcessEvents", map[string]any{"AccountDomain": "nt authority", "AccountName": "system"}, "User", `nt authority\system`},
	// What the table does not have is nothing, not a sign of its own.
	{"SysmonProcessCreation", "DeviceProcessEvents", map[string]any{}, "User", ""},
	{"SysmonProcessCreation", "DeviceProcessEvents", map[string]any{}, "ParentUser", ""},
	{"SysmonProcessCreation", "DeviceProcessEvents", map[string]any{}, "LogonId", ""},
	{"SysmonNetworkConnection", "DeviceNetworkEvents", map[string]any{}, "User", ""},
	// A path with the name of the file behind it once more, as the parser of Defender has it.
	{"SysmonFileCreation", "_Im_FileEvent", map[string]any{"TargetFilePath": `C:\a\b.exe\b.exe`, "TargetFileName": "b.exe"}, "TargetFilename", `C:\a\b.exe`},
	{"SysmonFileCreation", "_Im_FileEvent", map[string]any{"TargetFilePath": `C:\b.exe\b.exe`, "TargetFileName": "b.exe"}, "TargetFilename", `C:\b.exe`},
	{"SysmonFileCreation", "_Im_FileEvent", map[string]any{"TargetFilePath": `C:\a\b.exe`, "TargetFileName": "b.exe"}, "TargetFilename", `C:\a\b.exe`},
}

func TestStored(t *testing.T) {
	for _, s := range storedRows {
		t.Run(s.table+" "+s.field+" "+s.want, func(t *testing.T) {
			var h *homes.Home
			for _, other := range homes.All() {
				if other.Log.Name == s.log && other.Table.Name == s.table {
					h = other
				}
			}
			if h == nil {
				t.Fatalf("no home of %s in %s", s.log, s.table)
			}
			row := map[string]any{}
			for _, c := range h.Table.Columns {
				row[c.Name], _ = typed(c, s.row[c.Name])
			}
			table, err := Table(h.Table, row)
			if err != nil {
				t.Fatal(err)
			}
			q := &kql.Query{Source: &kql.Table{Name: "T"}, Ops: []kql.Operator{&kql.Project{Columns: []kql.Assign{{Name: "Value", X: h.Field(s.field).X}}}}}
			out, err := eval.Run(q, map[string]eval.Table{"T": table})
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(out.Rows[0][0]); got != s.want {
				t.Errorf("%s is %q, want %q", s.field, got, s.want)
			}
		})
	}
}
