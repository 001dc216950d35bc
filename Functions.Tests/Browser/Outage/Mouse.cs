using System.Globalization;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>Points and clicks; types only where something is to be written.</summary>
internal sealed class Mouse(IPage page) : IHand
{
    private readonly Chosen chosen = new(page);

    public Task PressAsync(ILocator what) => what.ClickAsync();

    public async Task WriteAsync(ILocator field, string text)
    {
        await field.ClickAsync();
        await field.FillAsync(text);
    }

    public Task WriteDayAsync(ILocator field, DateOnly day) =>
        field.FillAsync(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public Task ChooseAsync(ILocator list, string entry) =>
        list.SelectOptionAsync(new SelectOptionValue { Label = entry });

    public Task TakeAsync(ILocator file, FilePayload payload) => chosen.TakeAsync(payload, () => file.ClickAsync());
}
