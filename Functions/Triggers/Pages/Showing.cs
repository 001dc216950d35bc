using Autopay.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Autopay.Triggers.Pages;

/// <summary>Every page is a frame of who looks, a model that is read for it, a component that shows both.</summary>
internal static class Showing
{
    /// <param name="read">What the component shows, by the frame and the controls that it was made of.</param>
    public static async Task<IActionResult> PageAsync<T>(
        this ShowPage show,
        HttpRequest request,
        Func<Frame, Controls, Task<object>> read,
        CancellationToken cancel
    )
        where T : IComponent
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        return await show.RunAsync<T>(frame, await read(frame, controls));
    }

    /// <summary>The same of a part of a page.</summary>
    /// <param name="read">Null where the part has nothing to show yet.</param>
    public static async Task<IActionResult> PartAsync<T>(
        this ShowPage show,
        HttpRequest request,
        Func<Frame, Controls, Task<object?>> read,
        CancellationToken cancel
    )
        where T : IComponent
    {
        var (frame, controls) = await show.FrameAsync(request, cancel);
        return await show.RunPartAsync<T>(request, frame, await read(frame, controls));
    }

    /// <summary>A part that is looked at every few seconds and that nothing is sent from.</summary>
    /// <inheritdoc cref="PartAsync"/>
    public static async Task<IActionResult> LivePartAsync<T>(
        this ShowPage show,
        HttpRequest request,
        Func<Frame, Controls, Task<object?>> read,
        CancellationToken cancel
    )
        where T : IComponent
    {
        var (frame, controls) = await show.LiveFrameAsync(request, cancel);
        return await show.RunPartAsync<T>(request, frame, await read(frame, controls));
    }
}
