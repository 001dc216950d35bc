using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Hosting;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>Every bill that one import opened again may be debited again (R5).</summary>
[InsteadOf(typeof(RearmStep), "import")]
internal sealed record RearmImportStep : TimelineStep
{
    /// <summary>Its file, by which a rehearsal knows its imports, or its id.</summary>
    public required string Import { get; init; }

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var import =
            await context
                .World.Imports.ReadAllAsync(CancellationToken.None)
                .FirstOrDefaultAsync(it => it.FileName == Import || it.Id == Import)
            ?? throw new RefusedException($"There is no import {Import}.");
        var rearmed = await context
            .World.Verb<RearmImport>()
            .RunAsync(import.Id, context.World.Authority(Why), CancellationToken.None);
        return WithReason($"every bill that import {Import} opened again")
            + $": {Plural.Of(rearmed!.Bills, "bill")}, {ReportText.Dollars(rearmed.OpenCents)}";
    }
}
