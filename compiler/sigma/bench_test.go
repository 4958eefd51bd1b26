package sigma_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sigc-rules/sigc/compiler/diag"
	"github.com/sigc-rules/sigc/compiler/sigma"
	"github.com/sigc-rules/sigc/compiler/source"

	"gopkg.in/yaml.v3"
)

// generated returns rules like those in the wild: 30 lines, two searches, a filter.
func generated(n int) []corpusFile {
	var files []corpusFile
	for i := range n {
		var b strings.Builder
		fmt.Fprintf(&b, "title: Rule %d\nid: 00000000-0000-4000-8000-%012d\nstatus: test\ndescription: |\n", i, i)
		b.WriteString("    Detects something.\n    In two lines.\nreferences:\n    - https://example.org/a\nauthor: Ada\ndate: 2025-01-31\n")
		b.WriteString("tags:\n    - attack.execution\n    - attack.t1059\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n")
		b.WriteString("    selection_img:\n        - Image|endswith: '\\tool.exe'\n        - OriginalFileName: 'tool.exe'\n    selection_cli:\n        CommandLine|contains|all:\n")
		for j := range 5 {
			fmt.Fprintf(&b, "            - ' --option-%d'\n", i+j)
		}
		b.WriteString("    filter_main:\n        ParentImage|startswith: 'C:\\Windows\\'\n    condition: all of selection_* and not 1 of filter_*\nlevel: medium\n")
		files = append(files, corpusFile{fmt.Sprintf("rule_%d.yml", i), []byte(b.String())})
	}
	return files
}

// BenchmarkParse compares the reading of rules with that of the YAML alone, of which it must be a small multiple.
func BenchmarkParse(b *testing.B) {
	b.Run("generated", func(b *testing.B) { benchmark(b, generated(200)) })
	b.Run("corpus", func(b *testing.B) { benchmark(b, readCorpus(b)) })
	b.Run("big", func(b *testing.B) { benchmark(b, []corpusFile{{"big.yml", []byte(bigRule(100_000, false))}}) })
}

func benchmark(b *testing.B, files []corpusFile) {
	var size int64
	for _, f := range files {
		size += int64(len(f.text))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	var nodes, rules time.Duration
	for b.Loop() {
		start := time.Now()
		for _, f := range files {
			var node yaml.Node
			if err := yaml.Unmarshal(f.text, &node); err != nil {
				b.Fatal(err)
			}
		}
		middle := time.Now()
		for _, f := range files {
			var diags diag.List
			sigma.Parse(source.NewFile(f.name, f.text), &diags)
		}
		nodes += middle.Sub(start)
		rules += time.Since(middle)
	}
	b.ReportMetric(float64(rules)/float64(nodes), "times-yaml")
	b.ReportMetric(float64(rules.Microseconds())/float64(b.N)/float64(len(files)), "µs/rule")
}
