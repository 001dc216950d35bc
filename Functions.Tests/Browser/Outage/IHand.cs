using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Outage;

/// <summary>How somebody works at a page: with a mouse, or with the keys alone.</summary>
internal interface IHand
{
    /// <summary>A link, a button, a fold, a box to tick.</summary>
    Task PressAsync(ILocator what);

    /// <summary>Takes the place of what stands there.</summary>
    Task WriteAsync(ILocator field, string text);

    Task WriteDayAsync(ILocator field, DateOnly day);

    /// <summary>An entry of a list, by what it says.</summary>
    Task ChooseAsync(ILocator list, string entry);

    Task TakeAsync(ILocator file, FilePayload payload);
}
