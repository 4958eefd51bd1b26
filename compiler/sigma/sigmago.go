package sigma

import sigmago "github.com/bradleyjkemp/sigma-go"

// SigmaGo returns the rule in sigma-go's terms.
func (r *Rule) SigmaGo() sigmago.Rule { return r.Header }
