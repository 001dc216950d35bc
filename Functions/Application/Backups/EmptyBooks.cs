using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// Makes room for a restore: nothing is deleted before the backup was read to its end, nor while anything is charged.
/// </summary>
public sealed class EmptyBooks(CheckBackup check, IRestoreTarget target, IControlsStore controls, IBooksEraser eraser)
{
    /// <exception cref="RefusedException">The backup is damaged, or charging is not halted: nothing was
    /// deleted.</exception>
    public async Task RunAsync(string backup, IProgress<string>? progress, CancellationToken cancel)
    {
        await check.RunAsync(backup, progress, cancel);
        if (await target.ReadMarkAsync(cancel) is { } mark)
        {
            // A restore that has begun goes on with what it has written; an emptying that was killed goes on emptying.
            await (mark.Generation > 0 ? Task.CompletedTask : eraser.EmptyAsync(progress, cancel));
            return;
        }

        if (!(await controls.LoadAsync(cancel)).Controls.IsHalted)
        {
            throw new RefusedException("Charging is not halted: 'halt' first. Nothing was deleted.");
        }

        await eraser.EmptyAsync(progress, cancel);
    }
}
