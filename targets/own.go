package targets

import (
	"github.com/sigc-rules/sigc/compiler/schema"
	"github.com/sigc-rules/sigc/targets/kusto/homes"
	"github.com/sigc-rules/sigc/targets/kusto/judge"
	"github.com/sigc-rules/sigc/targets/splunk/forms"
)

// Declare reads what a user's declarations of logs say of the platforms. tables are the columns of tables that he has a
// schema of. The errors begin with the place of what is wrong. It is called before rules are compiled.
func Declare(c *schema.Catalogue, tables map[string][]*schema.Column) []error {
	if c == nil {
		return nil
	}
	var errs []error
	for _, log := range c.Own() {
		errs = append(errs, homes.Declare(log, tables)...)
		log.Rows = judge.Rows(log)
	}
	return append(errs, forms.Declare(c.Own())...)
}
