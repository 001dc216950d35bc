using Autopay.Application.Importing;
using Autopay.Application.Ports.Files;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>Every bill that one import opened again may be debited again (R5).</summary>
[InsteadOf(typeof(RearmStep), "import")]
internal sealed record RearmImportStep : ImportedBillsStep
{
    protected override string What => $"every bill that import {Import} opened again";

    protected override async Task<ChangedBills> ChangeAsync(StepContext context, ImportRecord import) =>
        (
            await context
                .World.Verb<RearmImport>()
                .RunAsync(import.Id, context.World.Authority(Why), CancellationToken.None)
        )!;
}
