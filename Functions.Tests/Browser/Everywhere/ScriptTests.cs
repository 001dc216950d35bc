using System.Text;
using Autopay.Pages;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>Four small scripts that a person can read, and that hold what they say of their types.</summary>
public sealed class ScriptTests
{
    private static readonly Dictionary<string, long> Most = new()
    {
        ["send.js"] = 8_000,
        ["live.js"] = 4_000,
        ["upload.js"] = 4_000,
        ["session.js"] = 1_000,
    };

    private const long MostInAll = 17_000;
    private const long MostOverTheWire = 6_000;

    [Fact]
    public void Each_script_is_small_and_all_of_them_are()
    {
        var sizes = Files.ToDictionary(file => file.Name, file => file.Length);

        Assert.Equal(Most.Keys.Order(StringComparer.Ordinal), sizes.Keys.Order(StringComparer.Ordinal));
        Assert.All(sizes, size => Assert.True(size.Value <= Most[size.Key], $"{size.Key} has {size.Value} bytes"));
        Assert.InRange(sizes.Values.Sum(), 1, MostInAll);
    }

    [Fact]
    public void They_come_over_the_wire_without_their_comments_and_packed()
    {
        var scripts = Asset.All.Where(asset => asset.Path.EndsWith(".js", StringComparison.Ordinal)).ToList();

        Assert.Equal(Most.Count, scripts.Count);
        Assert.InRange(scripts.Sum(script => script.Packed.Length), 1, MostOverTheWire);
        Assert.All(
            scripts,
            script =>
                Assert.DoesNotContain("\n// ", Encoding.UTF8.GetString(script.Bytes.Span), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task They_hold_under_the_strict_compiler_and_the_compiler_can_say_no()
    {
        Assert.Equal("", await Scripts.CheckAsync(Scripts.Folder));

        using var folder = new ScratchFolder();
        var spoilt = (await File.ReadAllTextAsync(Path.Combine(Scripts.Folder, "send.js"))).Replace(
            "document.title.startsWith",
            "document.title.beginsWith",
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "send.js"), spoilt);
        Assert.Contains("beginsWith", await Scripts.CheckAsync(folder.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("innerHTML")]
    [InlineData("insertAdjacentHTML")]
    [InlineData("eval(")]
    [InlineData("localStorage")]
    [InlineData("sessionStorage")]
    [InlineData("setInterval")]
    [InlineData("confirm(")]
    public void What_no_script_may_do_none_does(string word) =>
        Assert.All(
            Files,
            file => Assert.DoesNotContain(word, File.ReadAllText(file.FullName), StringComparison.Ordinal)
        );

    private static IReadOnlyList<FileInfo> Files => new DirectoryInfo(Scripts.Folder).GetFiles("*.js");
}
