using System.Text;
using System.Text.Json;
using Autopay.Storage;

namespace Autopay.Tests.App.Storage;

/// <summary>What is sent to the tables is shorter, and says the same.</summary>
public sealed class PlainTextTests
{
    private const string Letters = "\"\\u0022+'<>&/é\t\n\u0001\u007f{}:,\ud83d\ude00";

    [Fact]
    public void Quotes_of_a_text_within_a_text_take_two_characters() =>
        Assert.Equal(
            """{"Ledger":"{\"id\":\"10+1\"}"}""",
            Shorten("""{"Ledger":"{\u0022id\u0022:\u002210\u002B1\u0022}"}""")
        );

    [Fact]
    public void An_escaped_backslash_before_what_looks_like_an_escape_stays() =>
        Assert.Equal("""{"a":"\\u0022\\"}""", Shorten("""{"a":"\\u0022\\"}"""));

    [Fact]
    public void Any_text_reads_back_the_same_and_is_no_longer()
    {
        var random = new Random(1);
        for (var text = 0; text < 2_000; text++)
        {
            var said = string.Concat(
                Enumerable.Range(0, random.Next(40)).Select(_ => new Rune(Runes[random.Next(Runes.Count)]).ToString())
            );
            var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["a"] = said });

            var shorter = Shorten(json);

            Assert.InRange(shorter.Length, 0, json.Length);
            Assert.Equal(said, JsonDocument.Parse(shorter).RootElement.GetProperty("a").GetString());
        }
    }

    private static List<int> Runes { get; } = [.. Letters.EnumerateRunes().Select(rune => rune.Value)];

    private static string Shorten(string json) =>
        Encoding.UTF8.GetString(PlainText.Shorten(Encoding.UTF8.GetBytes(json)));
}
