using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Autopay.Application;
using Autopay.Application.Ports.Books;
using Autopay.Application.Releasing;
using Autopay.Application.Texts;
using Autopay.Hosting;
using Autopay.Hosting.Identity;
using Autopay.Pages.Stops;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Pages;

/// <summary>The city as its pages name it.</summary>
/// <param name="Contact">Whom staff ask for a role; empty when the city has not said.</param>
/// <param name="IsAtHome">On a developer's machine, where anybody may be anybody.</param>
public sealed record CityFace(string Name, string TimeZone, string Contact, bool IsAtHome);

/// <summary>What the frame of every page is made of.</summary>
public sealed record PageBooks(IControlsStore Controls, DoOnce Once, ReadReleases Releases);

/// <summary>
/// Makes the HTML of a page: a component and what it shows, in a frame of who looks at it. Nothing of a request is
/// kept beyond it, and the culture of the process never changes.
/// </summary>
public sealed class ShowPage(PageBooks books, CityFace city, CityClock clock, ILoggerFactory loggers)
{
    public const string MediaType = "text/html; charset=utf-8";
    private const string Cookie = "lang";
    private const string Keys = "keys";
    private const int TagDigits = 32;

    /// <summary>Whom the local host knows besides the roles; other names have every role there.</summary>
    private const string EveryRole = "developer";

    /// <summary>The frame of a page, with the controls that it was made of.</summary>
    /// <param name="isRemembered">False of a page in a customer's language: who reads it has another one.</param>
    public async Task<(Frame Frame, Controls Controls)> FrameAsync(
        HttpRequest request,
        CancellationToken cancel,
        bool isRemembered = true
    )
    {
        RefuseForeign(request);
        var controls = (await books.Controls.LoadAsync(cancel)).Controls;
        var frame = await FrameOfAsync(request, controls.Version, isRemembered, cancel);
        return (frame with { Banner = await BannerOfAsync(controls, frame, cancel) }, controls);
    }

    /// <summary>
    /// The same of a part without a form, asked for every few seconds by everybody who watches: the controls may be
    /// some seconds old.
    /// </summary>
    public async Task<(Frame Frame, Controls Controls)> LiveFrameAsync(HttpRequest request, CancellationToken cancel)
    {
        RefuseForeign(request);
        var controls = (await books.Controls.LoadRecentAsync(cancel)).Controls;
        var frame = Bare(request, controls.Version);
        return (frame with { Banner = await BannerOfAsync(controls, frame, cancel) }, controls);
    }

    /// <summary>Renders a component whose parameters are the frame and what it shows.</summary>
    public async Task<IActionResult> RunAsync<T>(
        Frame frame,
        object? model = null,
        int status = StatusCodes.Status200OK
    )
        where T : IComponent =>
        new ContentResult
        {
            Content = await RenderWholeAsync<T>(
                new Dictionary<string, object?> { ["Frame"] = frame }.With("Model", model)
            ),
            ContentType = MediaType,
            StatusCode = status,
        };

    /// <summary>A part of a page by itself; whoever has it already is told that nothing is new.</summary>
    public async Task<IActionResult> RunPartAsync<T>(HttpRequest request, IDictionary<string, object?> parameters)
        where T : IComponent
    {
        var html = await RenderAsync<T>(parameters);
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(html)))[..TagDigits]}\"";
        request.HttpContext.Response.Headers.ETag = tag;
        return request.Headers.IfNoneMatch == tag
            ? new StatusCodeResult(StatusCodes.Status304NotModified)
            : new ContentResult { Content = html, ContentType = MediaType };
    }

    /// <summary>A part with its frame and what it shows.</summary>
    public Task<IActionResult> RunPartAsync<T>(HttpRequest request, Frame frame, object? model)
        where T : IComponent =>
        RunPartAsync<T>(request, new Dictionary<string, object?> { ["Frame"] = frame, ["Model"] = model });

    public string City => city.Name;

    /// <summary>A frame that needs no storage: for a page that stands when the books are away.</summary>
    public Frame FrameWithoutBooks(HttpRequest request)
    {
        RefuseForeign(request);
        return Bare(request, version: 0);
    }

    /// <summary>A page that knows nobody; no cache keeps it.</summary>
    public async Task<IActionResult> RunPublicAsync<T>(object model, int status = StatusCodes.Status200OK)
        where T : IComponent =>
        new ContentResult
        {
            Content = await RenderPublicAsync<T>(model),
            ContentType = MediaType,
            StatusCode = status,
        };

    /// <inheritdoc cref="RunPublicAsync"/>
    public Task<string> RenderPublicAsync<T>(object model)
        where T : IComponent => RenderWholeAsync<T>(new Dictionary<string, object?> { ["Model"] = model });

    /// <summary>The page of a problem: it needs no storage, and nobody who is known.</summary>
    public Task<string> RenderErrorAsync(HttpRequest request, PageProblem problem) =>
        RenderWholeAsync<ErrorPage>(
            new Dictionary<string, object?> { ["Frame"] = Bare(request, version: 0), ["Model"] = problem }
        );

    private async Task<string> RenderWholeAsync<T>(IDictionary<string, object?> parameters)
        where T : IComponent => "<!DOCTYPE html>\n" + await RenderAsync<T>(parameters);

    /// <summary>A part of a page by itself, for the script that puts it in its place.</summary>
    public async Task<string> RenderAsync<T>(IDictionary<string, object?> parameters)
        where T : IComponent
    {
        // Components are given all that they show: there is nothing of the app that one could ask for.
        await using var nothing = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(nothing, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<T>(ParameterView.FromDictionary(parameters))).ToHtmlString()
        );
    }

    /// <summary>What the query asks for, what was chosen before, what the browser says; English otherwise.</summary>
    public static Language LanguageOf(HttpRequest request) =>
        Languages.Of(request.Query["lang"].ToString())
        ?? request.HttpContext.Items[Cookie] as Language?
        ?? Languages.Of(request.Cookies[Cookie] ?? "")
        ?? (
            request
                .GetTypedHeaders()
                .AcceptLanguage.MaxBy(it => it.Quality ?? 1)
                ?.Value.Value?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true
                ? Language.Spanish
                : Language.English
        );

    private async Task<Frame> FrameOfAsync(
        HttpRequest request,
        long version,
        bool isRemembered,
        CancellationToken cancel
    )
    {
        var frame = Bare(request, version);
        var chosen = Languages.Of(request.Query["lang"].ToString());
        // A page of errors has it too, when the query has become that of a list (PageQuery).
        request.HttpContext.Items[Cookie] = chosen;
        if (isRemembered && chosen is { } language)
        {
            Remember(request, Cookie, language.Code);
        }

        if (request.Query[Keys].ToString() is "on" or "off")
        {
            Remember(request, Keys, request.Query[Keys].ToString());
        }

        var done = request.Query["done"].ToString();
        return
            done.Length is > 0 and <= 100
            && await books.Once.FindAsync(done, cancel) is { IsDone: true } operation
            // What is told elsewhere on its own page, such as in an account's story, has no words here.
            && frame.Words.Find($"Did.{operation.What}") is { } what
            ? frame with
            {
                Done = frame.Words.Of(
                    "Common.Recorded",
                    ("time", frame.Civil(operation.Authority.At).TimeOfDay),
                    ("what", what)
                ),
            }
            : frame;
    }

    private static void Remember(HttpRequest request, string name, string chosen) =>
        request.HttpContext.Response.Cookies.Append(
            name,
            chosen,
            new CookieOptions
            {
                Path = "/console",
                HttpOnly = true,
                Secure = request.IsHttps,
                SameSite = SameSiteMode.Lax,
            }
        );

    private Frame Bare(HttpRequest request, long version)
    {
        var caller = Caller.Of(request.HttpContext);
        return new Frame(
            city.Name,
            caller?.Who ?? "",
            caller?.Name,
            [.. caller?.Roles.Order() ?? Enumerable.Empty<Role>()],
            caller is null ? [] : Access.Functions.Where(name => Access.Allows(name, caller)).ToFrozenSet(),
            request.Path + request.QueryString.Value,
            PageWords.In(LanguageOf(request)),
            clock.City,
            clock.Now,
            version
        )
        {
            Zone = city.TimeZone,
            SignedInUntil = caller?.SignedInUntil,
            Contact = city.Contact,
            HasKeys = (request.Query[Keys].FirstOrDefault() ?? request.Cookies[Keys]) != "off",
            Identities = city.IsAtHome
                ? [.. Enum.GetNames<Role>().Select(name => name.ToLowerInvariant()), EveryRole]
                : [],
        };
    }

    private async Task<Banner?> BannerOfAsync(Controls controls, Frame frame, CancellationToken cancel) =>
        controls.ReconcileSince is { } since
            ? new Banner(BannerKind.Restored, frame.Words.Of("Common.Restored", ("day", frame.Civil(since).Today)))
        : controls.Halt is { } halt
            ? new Banner(BannerKind.Halted, HaltText.Banner(halt, await LeftAsync(controls, cancel), frame))
        : controls.Deferrals.LastOrDefault(HoldsForAFile) is { } stale
            ? new Banner(BannerKind.Feed, frame.Words.Of("Common.Feed", ("day", stale.DueTo)))
        : null;

    private static bool HoldsForAFile(Deferral it) =>
        it is { IsOfStaleFeed: true, IsInForce: true } && it.Cycles.Except(it.ClearedCycles).Any();

    // Asked only while charging is halted.
    private async Task<int> LeftAsync(Controls controls, CancellationToken cancel) =>
        (await books.Releases.UnderWayAsync(controls, cancel)).Sum(view => view.Progress?.Sent.Debits ?? 0);

    // Nobody probes pages from elsewhere: a foreign page may link here, and no more.
    private static void RefuseForeign(HttpRequest request)
    {
        if (
            request.Headers["Sec-Fetch-Site"] == "cross-site"
            && request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate")
        )
        {
            throw new AccessDeniedException(
                StatusCodes.Status403Forbidden,
                "This page was asked for by another site's page."
            );
        }
    }
}

internal static class PageParameters
{
    public static Dictionary<string, object?> With(this Dictionary<string, object?> some, string name, object? value)
    {
        if (value is not null)
        {
            some[name] = value;
        }

        return some;
    }
}
