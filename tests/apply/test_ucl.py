from mailspec.server.checks.ucl import settings

TEXT = """\
# a comment = 1
enabled = yes;
size = 10k; /* more
comments */
text = <<EOD
not = "a setting";
EOD
names = ["one", "two"];
domain {
  "example.org" {
    selectors = [
      { selector = "a#b"; path = "/etc/key"; },
    ];
  }
}
upstream "local" {
  default = yes;
}
"""


def test_every_name_is_found_with_its_line() -> None:
    found = [(setting.name, setting.line) for setting in settings(TEXT)]
    assert found == [
        ("enabled", 2),
        ("size", 3),
        ("text", 5),
        ("names", 8),
        ("domain", 9),
        ("example.org", 10),
        ("selectors", 11),
        ("selector", 12),
        ("path", 12),
        ("upstream", 16),
        ("default", 17),
    ]


def test_values_are_as_written() -> None:
    values = {setting.name: setting.value for setting in settings(TEXT)}
    assert values["enabled"] == "yes"
    assert values["size"] == "10k"
    assert values["selector"] == '"a#b"'
    assert values["names"] == '["one", "two"]'


def test_names_in_quotes_are_somebody_elses() -> None:
    assert [setting.name for setting in settings(TEXT) if setting.quoted_name] == ["example.org"]
