// Command sigc compiles Sigma rules into rules that Microsoft Sentinel, Azure Monitor and Splunk deploy.
package main

import (
	"os"
	"runtime/debug"
	"time"
	_ "time/tzdata" // a schedule names a time zone, and the machine may know none
)

func main() {
	env := &Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Dir: ".", Terminal: isTerminal, Now: time.Now,
	}
	if os.Getenv("GOGC") == "" {
		// With few rules the run ends before it is worth collecting garbage: a third of its time would go there.
		debug.SetGCPercent(400)
		// With many, memory counts: half of what they need is left for garbage.
		env.Many = func() { debug.SetGCPercent(50) }
	}
	os.Exit(run(env, os.Args[1:]))
}
