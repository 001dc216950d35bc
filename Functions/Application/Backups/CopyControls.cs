using System.Globalization;
using Autopay.Application.Ports.Books;

namespace Autopay.Application.Backups;

/// <summary>
/// The controls into the second account, whenever they have changed: neither Stripe nor files can give back what people
/// decided.
/// </summary>
public sealed class CopyControls(IControlsStore controls, IBackupCopies copies, IReportStore reports, CopyWatch watch)
{
    public const string Kind = "controlscopy";

    public async Task RunAsync(CancellationToken cancel)
    {
        if (!copies.IsOn)
        {
            return;
        }

        await watch.ExpectAsync(Kind, cancel);
        var now = (await controls.LoadAsync(cancel)).Controls.Version.ToString(CultureInfo.InvariantCulture);
        if ((await reports.ReadNewestAsync(Kind, cancel).FirstOrDefaultAsync(cancel))?.Json == now)
        {
            await watch.IsThereAsync(Kind, cancel);
            return;
        }

        var id = ExportBackup.IdOf(watch.Now);
        try
        {
            await copies.CopyControlsAsync(id, cancel);
        }
        catch (IOException failure)
        {
            await watch.FailedAsync(Kind, id, failure, cancel);
            return;
        }

        // At least this version: a change since it was read is copied the next time, perhaps once more.
        await reports.SaveAsync(new StoredReport(Kind, id, now), cancel);
        await watch.CopiedAsync(Kind, cancel);
    }
}
