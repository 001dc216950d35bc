using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;
using Autopay.Hosting;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A person changes all the bills at once that one import left to be decided.</summary>
internal abstract record ImportedBillsStep : TimelineStep
{
    /// <summary>Its file, by which a rehearsal knows its imports, or its id.</summary>
    public required string Import { get; init; }

    /// <summary>Which bills of the import these are, in words.</summary>
    protected abstract string What { get; }

    internal override async Task<string> PlayAsync(StepContext context)
    {
        var import =
            await context
                .World.Imports.ReadAllAsync(CancellationToken.None)
                .FirstOrDefaultAsync(it => it.FileName == Import || it.Id == Import)
            ?? throw new RefusedException($"There is no import {Import}.");
        var changed = await ChangeAsync(context, import);
        return WithReason(What) + $": {Plural.Of(changed.Bills, "bill")}, {ReportText.Dollars(changed.OpenCents)}";
    }

    protected abstract Task<ChangedBills> ChangeAsync(StepContext context, ImportRecord import);
}
