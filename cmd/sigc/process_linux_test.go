package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// corpus is a folder of rules of others; benchmarks over it are left out where it is absent.
const corpus = "../../../shared/corpus/sigmahq"

// BenchmarkProcess is what whole runs of the program cost: the time by the clock, that of all processors, and the most
// memory that it had at once, with the pages of the program itself.
func BenchmarkProcess(b *testing.B) {
	dir := b.TempDir()
	sigc := filepath.Join(dir, "sigc")
	if out, err := exec.Command("go", "build", "-o", sigc, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	rule := filepath.Join(dir, "rule.yml")
	text := "title: T\nlogsource: {product: azure, service: auditlogs}\ndetection:\n  s:\n    OperationName: Delete user\n  condition: s\n"
	if err := os.WriteFile(rule, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	build := []string{"build", "-t", "sentinel,azuremonitor,splunk", "-o", filepath.Join(dir, "dist")}
	for _, of := range []struct {
		name string
		args []string
	}{
		{"one-rule", []string{"compile", "-t", "sentinel", rule}},
		{"lint", []string{"lint", corpus}},
		{"queries", append(build, "-f", "kql,spl", corpus)},
		{"everything", append(build, corpus)},
	} {
		b.Run(of.name, func(b *testing.B) {
			if _, err := os.Stat(corpus); err != nil && of.name != "one-rule" {
				b.Skip("the corpus is not here")
			}
			var most int64
			var processors time.Duration
			for b.Loop() {
				cmd := exec.Command(sigc, of.args...)
				var exit *exec.ExitError
				if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
					b.Fatal(err)
				}
				processors += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				most = max(most, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/1e3/float64(b.N), "ms")
			b.ReportMetric(float64(processors.Microseconds())/1e3/float64(b.N), "processor-ms")
			b.ReportMetric(float64(most)/1024, "MiB")
			b.ReportMetric(0, "ns/op")
		})
	}
}
