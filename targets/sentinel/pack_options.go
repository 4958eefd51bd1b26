package sentinel

import (
	"regexp"

	"github.com/sigc-rules/sigc/compiler/target"
	"github.com/sigc-rules/sigc/targets/workbook"
)

// packOptions are about the pack as a whole. What a solution says of who publishes it stands for nobody until it is set.
var packOptions = []target.Option{
	workbook.NameOption,
	{Name: "solutionVersion", Doc: "version of the solution", Default: "3.0.0", Check: checkVersion},
	{Name: "solutionDescription", Doc: "what the solution is, for the Content Hub", Default: "Detection rules, compiled from Sigma, and a workbook about them."},
	{Name: "solutionAuthor", Doc: "who wrote the solution", Default: "Contoso"},
	{Name: "solutionProviders", Doc: "whose data it is about, apart by commas", Default: "Microsoft"},
	{Name: "solutionDomains", Doc: "its categories in the Content Hub, apart by commas", Default: "Security - Threat Protection, Identity"},
	{Name: "publisherId", Doc: "the publisher's id in the Partner Center", Default: "contoso", Check: optional(checkID)},
	{Name: "offerId", Doc: "the offer's id in the Partner Center; made of the name without it", Check: optional(checkID)},
	{Name: "supportName", Doc: "who supports the solution", Default: "Contoso"},
	{Name: "supportEmail", Doc: "address of the support", Default: "support@contoso.example"},
	{Name: "supportLink", Doc: "page of the support", Default: "https://contoso.example/support"},
	{Name: "supportTier", Doc: "what support it is", Default: "Community", Values: []string{"Microsoft", "Partner", "Community"}},
	{Name: "firstPublishDate", Doc: "when the solution was published first: YYYY-MM-DD", Check: optional(checkDate)},
	{Name: "lastPublishDate", Doc: "when this version is published: YYYY-MM-DD", Check: optional(checkDate)},
}

var (
	marketplaceID = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,49}$`)
	date          = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)
)

func checkID(v string) string {
	if marketplaceID.MatchString(v) {
		return ""
	}
	return "at most 50 small letters, digits, hyphens and underscores"
}

func checkDate(v string) string {
	if date.MatchString(v) {
		return ""
	}
	return "a date such as 2026-03-31"
}
