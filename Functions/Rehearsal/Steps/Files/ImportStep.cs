using Autopay.Application.Importing;
using Autopay.Hosting;
using Autopay.Imports;
using Autopay.Rehearsal.Input;

namespace Autopay.Rehearsal.Steps.Files;

/// <summary>A file arrives and is applied.</summary>
internal sealed record ImportStep : TimelineStep
{
    private const int MostProblems = 20;

    public required string Kind { get; init; }

    /// <summary>Its name in the timeline's folder.</summary>
    public required string File { get; init; }

    /// <summary>False: the file arrives and is not applied before a step "apply" (R26).</summary>
    public bool Applied { get; init; } = true;

    /// <summary>An accounts file that says it is complete (R39).</summary>
    public bool Complete { get; init; }

    /// <summary>"setAside": rows that contradict the rules are set aside instead of refusing the file (R40).</summary>
    public string BadRows { get; init; } = "refuse";

    internal override IEnumerable<StepProblem> Check(string folder)
    {
        if (BadRows is not ("setAside" or "refuse"))
        {
            yield return new("badRows", $"'{BadRows}'; expected setAside or refuse");
        }

        if (Complete && Kind != "accounts")
        {
            yield return new("complete", "only an accounts file can be complete");
        }

        if (BadRows == "setAside" && ImportFormat.Find(Kind) is { HasAccounts: false })
        {
            yield return new("badRows", $"a {Kind} file is taken whole or not at all");
        }

        if (ImportFormat.Find(Kind) is null)
        {
            yield return new("kind", $"'{Kind}'; expected one of {ImportFormat.AllNames}");
        }

        if (!System.IO.File.Exists(Path.Combine(folder, File)))
        {
            yield return new("file", $"'{File}' is not in the folder");
        }
    }

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var receipt = await ReceiveAsync(context);
        if (!receipt.Check.IsGood)
        {
            var problems = receipt.Check.Problems.Take(MostProblems).Select(problem => $"{File}: {problem}");
            throw new RehearsalInputException(string.Join(Environment.NewLine, problems));
        }

        if (receipt.AlreadyImported)
        {
            return $"{File}: already imported, nothing changed";
        }

        var id = receipt.Import!.Id;
        return Applied && await context.World.Verb<ApplyImport>().RunAsync(id, CancellationToken.None)
            ? ImportText.Of((await context.World.Imports.FindAsync(id, CancellationToken.None))!)
            : $"{File}: arrived, {Plural.Of(receipt.Check.Rows, "row")}; not applied yet";
    }

    private async Task<ImportReceipt> ReceiveAsync(StepContext context)
    {
        var format = ImportFormat.Find(Kind) ?? throw new InvalidOperationException($"Unknown kind {Kind}.");
        await using var file = System.IO.File.OpenRead(Path.Combine(context.Folder, File));
        return await context
            .World.Verb<ReceiveImport>()
            .RunAsync(
                format.Kind,
                File,
                file,
                new ImportOptions { SetsAside = BadRows == "setAside", IsComplete = Complete },
                context.World.Authority($"import of {File}"),
                CancellationToken.None
            );
    }
}
