package homes

import (
	"testing"

	"github.com/sigc-rules/sigc/compiler/schema"
)

// Messages of one vendor are told from those of other devices and machines in the same table by how they begin.
func TestMatches(t *testing.T) {
	for _, tt := range []struct {
		log, message string
		fits         bool
	}{
		{"CiscoIOS", "%SYS-5-CONFIG_I: Configured from console by vty0 (10.1.1.1)", true},
		{"CiscoIOS", "*Mar  1 18:46:11.123: %PARSER-5-CFGLOG_LOGGEDCMD: User:eve  logged command:no logging host 10.1.1.2", true},
		{"CiscoIOS", "%SYSMGR-STANDBY-3-SHUTDOWN_START: The System Manager has started the shutdown procedure.", true},
		{"CiscoIOS", "sshd: Accepted publickey for eve; copy of 100%", false},
		{"CiscoIOS", "kernel: format 5%-9-x", false},
		{"CiscoIOS", "%%01BGP/3/BGP_AUTH_FAILED: BGP session authentication failed", false},
		{"HuaweiVRP", "%%01BGP/3/BGP_AUTH_FAILED(l)[0]:BGP session authentication failed (PeerAddress=10.1.1.1)", true},
		{"HuaweiVRP", "bgpd: BGP_AUTH_FAILED", false},
	} {
		h := Of(schema.Named(tt.log))[0]
		if got := h.matching[0].RE.MatchString(tt.message); got != tt.fits {
			t.Errorf("%s: %q fits: %v", tt.log, tt.message, got)
		}
	}
}
