using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>
/// Answers the dialog in which a file is chosen. It listens for as long as there is a page: a listener that comes and
/// goes with each file may miss the dialog.
/// </summary>
internal sealed class Chosen
{
    private TaskCompletionSource<IFileChooser> dialog = new();

    public Chosen(IPage page) => page.FileChooser += (_, opened) => dialog.TrySetResult(opened);

    /// <param name="open">What opens the dialog.</param>
    public async Task TakeAsync(FilePayload payload, Func<Task> open)
    {
        dialog = new TaskCompletionSource<IFileChooser>();
        await open();
        await (await dialog.Task.WaitAsync(TimeSpan.FromMinutes(1))).SetFilesAsync(payload);
    }
}
