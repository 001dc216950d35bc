using Autopay.Application.Importing;

namespace Autopay.Rehearsal.Steps.Files;

/// <summary>The files that have arrived and wait are applied.</summary>
internal sealed record ApplyStep : TimelineStep
{
    internal override async Task<string> PlayAsync(StepContext context)
    {
        var imports = context.World.Imports;
        var waiting = await imports.ReadUnfinishedAsync(CancellationToken.None).ToListAsync();
        List<string> applied = [];
        foreach (var import in waiting)
        {
            await context.World.Verb<ApplyImport>().RunAsync(import.Id, CancellationToken.None);
            applied.Add(ImportText.Of((await imports.FindAsync(import.Id, CancellationToken.None))!));
        }

        return applied.Count == 0 ? "no file was waiting" : string.Join("; ", applied);
    }
}
