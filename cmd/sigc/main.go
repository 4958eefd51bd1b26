// Command sigc compiles Sigma rules into rules that Microsoft Sentinel, Azure Monitor and Splunk deploy.
package main

import (
	"os"
	"time"
	_ "time/tzdata" // a schedule names a time zone, and the machine may know none
)

func main() {
	env := &Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
		Getenv: os.Getenv, Dir: ".", Terminal: isTerminal, Now: time.Now,
	}
	if os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "" {
		fewRules()
		env.Many = manyRules
	}
	os.Exit(run(env, os.Args[1:]))
}
