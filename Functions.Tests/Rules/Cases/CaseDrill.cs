using System.Text.Json.Nodes;
using Autopay.Imports;
using Autopay.Rehearsal.Input;
using Autopay.Tests.App.Imports;
using Autopay.Tests.Repository.Wholesome;
using Autopay.Tests.Rules.Rehearsal;

namespace Autopay.Tests.Rules.Cases;

/// <summary>
/// One of the folders beside this file, played as it is or with more steps, another order of its files, or another
/// value. Each folder once gave a wrong answer while the program said that everything holds.
/// </summary>
internal sealed class CaseDrill : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("case");
    private readonly JsonObject timeline;
    private readonly JsonArray steps;

    private CaseDrill(string name)
    {
        foreach (var file in Directory.GetFiles(FolderOf(name)))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        timeline = JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, TimelineFile.Name)))!.AsObject();
        steps = timeline["steps"]!.AsArray();
    }

    public static CaseDrill Of(string name) => new(name);

    public static string FolderOf(string name) =>
        Path.Combine(SourceTree.Root, "Functions.Tests", "Rules", "Cases", name);

    /// <summary>One step more; steps are played in order of their times.</summary>
    public CaseDrill Then(string at, string verb, params (string Name, JsonNode Value)[] fields)
    {
        var step = new JsonObject { ["at"] = at, ["do"] = verb };
        foreach (var (name, value) in fields)
        {
            step[name] = value;
        }

        steps.Add(step);
        return this;
    }

    public CaseDrill Import(string at, ImportKind kind, params string[] rows)
    {
        var name = $"more-{steps.Count}.csv";
        File.WriteAllText(Path.Combine(folder.FullName, name), Csv.File(kind, rows));
        return Then(at, "import", ("kind", kind.ToText()), ("file", name));
    }

    /// <summary>The file comes at another time.</summary>
    public CaseDrill Move(string file, string at)
    {
        StepOf(file)["at"] = at;
        return this;
    }

    /// <summary>A field more on the step that imports this file.</summary>
    public CaseDrill Mark(string file, string name, JsonNode value)
    {
        StepOf(file)[name] = value;
        return this;
    }

    /// <summary>Another value in a file; the old one must be in it.</summary>
    public CaseDrill Change(string file, string from, string to)
    {
        var path = Path.Combine(folder.FullName, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Without its steps of this kind.</summary>
    public CaseDrill Without(string verb)
    {
        Assert.NotEqual(0, steps.RemoveAll(step => (string?)step!["do"] == verb));
        return this;
    }

    public CaseDrill Policy(string name, JsonNode value)
    {
        timeline["policies"] ??= new JsonObject();
        timeline["policies"]![name] = value;
        return this;
    }

    /// <summary>Plays it; every invariant must hold after every step.</summary>
    public async Task<Played> PlayAsync()
    {
        File.WriteAllText(Path.Combine(folder.FullName, TimelineFile.Name), timeline.ToJsonString());
        var played = await Played.FromAsync(folder.FullName);
        Assert.Empty(played.Failures);
        Assert.DoesNotContain(played.Lines, line => line.Contains("refused:", StringComparison.Ordinal));
        return played;
    }

    public void Dispose() => folder.Delete(recursive: true);

    private JsonNode StepOf(string file) => steps.Single(step => (string?)step!["file"] == file)!;
}
