package kusto

import "testing"

func TestColumnName(t *testing.T) {
	for path, want := range map[string]string{
		"Image": "Image", "_ResourceId": "_ResourceId", "Hash_2": "Hash_2", "image": "Image", "src_ip": "Src_ip", "a": "A", "Z": "Z",
		"Bag.user.id": "BagUserId", "Args[0]": "Args0", "Args[-1].ip": "ArgsLastIp", "with blank": "WithBlank", "2nd": "Field2nd", "été": "Été",
		"": "Field", "Caller@Name": "AccountName",
	} {
		if got := columnName(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}
