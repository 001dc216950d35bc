using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>A file of the repository that is written from the code, and never by hand.</summary>
internal static class WrittenFile
{
    private const string Switch = "AUTOPAY_WRITE_DOCS";

    /// <summary>What a page says of itself.</summary>
    public static string HowToWrite(Type test) =>
        $"`{Switch}=1 dotnet run --project Functions.Tests -- --filter-class {test.FullName}`";

    /// <summary>Fails unless the file is this text. With AUTOPAY_WRITE_DOCS=1 it is written first.</summary>
    public static void Is(string path, string text, Type test)
    {
        var full = Path.Combine(SourceTree.Root, path);
        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(full, text);
        }

        var there = File.Exists(full) ? File.ReadAllText(full) : "";
        if (there != text)
        {
            Assert.Fail(
                $"{path} is not what the code says. Write it anew: {HowToWrite(test)}\n{FirstDifference(there, text)}"
            );
        }
    }

    /// <summary>
    /// The same for a part of a page: the lines between <c>&lt;!-- name: written by the tests --></c> and <c>&lt;!--
    /// end of name --></c>.
    /// </summary>
    public static void HasPart(string path, string name, string text, Type test)
    {
        var page = SourceTree.Read(path);
        var (begin, end) = ($"<!-- {name}: written by the tests -->\n\n", $"\n<!-- end of {name} -->");
        var (from, to) = (page.IndexOf(begin, StringComparison.Ordinal), page.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"{path} has no part '{name}' to be written.");
        Is(path, page[..(from + begin.Length)] + text + page[to..], test);
    }

    private static string FirstDifference(string there, string text)
    {
        var (old, now) = (there.Split('\n'), text.Split('\n'));
        var line = Enumerable.Range(0, Math.Max(old.Length, now.Length)).First(n => At(old, n) != At(now, n));
        return $"Line {line + 1} is\n{At(old, line)}\nand should be\n{At(now, line)}";
    }

    private static string? At(string[] lines, int line) => line < lines.Length ? lines[line] : null;
}
