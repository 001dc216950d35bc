using System.Text.Json;
using Autopay.Tests.Browser.Acts;
using Autopay.Tests.Browser.Harness;
using Autopay.Tests.Fixtures;
using Microsoft.Playwright;

namespace Autopay.Tests.Browser.Everywhere;

/// <summary>
/// A bad network between a person and the app. The page says what is known and never sends a change in order to find
/// out; a person who presses again asks for the same operation.
/// </summary>
public sealed class NetworkTests(AzuriteFixture azurite, Chromium chromium) : IAsyncLifetime
{
    private const string Change = "**/api/halt";
    private const string Typed = "The file of this morning";
    private readonly List<string> operations = [];
    private AppHost app = null!;
    private Visitor preparer = null!;

    public async ValueTask InitializeAsync()
    {
        app = await Office.OpenAsync(azurite);
        preparer = await Visitor.ComeAsync(chromium, app, "preparer");
        await preparer.OpenAsync("/console/halt");
        await preparer.Page.FillAsync("#act-reason", Typed);
    }

    public async ValueTask DisposeAsync()
    {
        await preparer.DisposeAsync();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_that_is_lost_after_the_change_was_made_is_found_in_the_record()
    {
        await WithAsync(async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });

        await preparer.PressAsync("Halt now");

        Assert.Contains("Recorded at 7:", await preparer.TextAsync(), StringComparison.Ordinal);
        Assert.Single(operations);
        Assert.Equal(Typed, await ReasonAsync());
    }

    [Fact]
    public async Task A_request_that_never_arrived_is_told_and_the_next_press_is_the_same_operation()
    {
        await WithAsync(route => route.AbortAsync());
        await Halt.ClickAsync();
        await preparer.WaitForAsync(".answer", "It was not recorded");
        Assert.Null(await ReasonAsync());
        Assert.Equal(Typed, await preparer.Page.InputValueAsync("#act-reason"));

        await WithAsync(route => route.ContinueAsync());
        await preparer.PressAsync("Halt now");

        Assert.Equal(2, operations.Count);
        Assert.Single(operations.Distinct());
        Assert.Equal(Typed, await ReasonAsync());
    }

    [Fact]
    public async Task An_answer_that_takes_its_time_keeps_the_button_off_and_the_second_press_sends_nothing()
    {
        var release = new TaskCompletionSource();
        await WithAsync(async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await Halt.ClickAsync();

        await Assertions.Expect(Halt).ToBeDisabledAsync();
        await Halt.ClickAsync(new LocatorClickOptions { Force = true });
        await preparer.Page.FocusAsync("#act-reason");
        release.SetResult();
        await preparer.Page.WaitForURLAsync("**/*done=*");

        Assert.Single(operations);
    }

    [Fact]
    public async Task Escape_while_a_change_is_sent_leaves_it_neither_half_done_nor_done_twice()
    {
        var release = new TaskCompletionSource();
        await WithAsync(async route =>
        {
            await release.Task;
            await route.ContinueAsync();
        });
        await Halt.FocusAsync();
        await preparer.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Halt).ToBeDisabledAsync();

        await preparer.Page.Keyboard.PressAsync("Escape");
        await preparer.Page.Keyboard.PressAsync("Enter");
        release.SetResult();
        await preparer.Page.WaitForURLAsync("**/*done=*");

        Assert.Single(operations);
        Assert.Equal(Typed, await ReasonAsync());
    }

    [Fact]
    public async Task The_same_operation_that_comes_twice_is_answered_twice_and_done_once()
    {
        var answers = new List<IAPIResponse>();
        await WithAsync(async route =>
        {
            answers.Add(await route.FetchAsync());
            answers.Add(await route.FetchAsync());
            await route.FulfillAsync(new RouteFulfillOptions { Response = answers[1] });
        });

        await preparer.PressAsync("Halt now");

        Assert.Equal([200, 200], answers.Select(answer => answer.Status));
        var audit = await app.GetAsync("api/audit");
        Assert.Single(audit["acts"].EnumerateArray());
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_promised_and_with_it_again_the_page_finds_out()
    {
        await WithAsync(route => route.ContinueAsync());
        await preparer.Page.Context.SetOfflineAsync(true);
        await Halt.ClickAsync();
        await preparer.WaitForAsync(".answer", "We do not know yet whether this was recorded");
        await Assertions.Expect(Halt).ToBeDisabledAsync();
        Assert.Null(await ReasonAsync());

        await preparer.Page.Context.SetOfflineAsync(false);
        await preparer.WaitForAsync(".answer", "It was not recorded");
        await preparer.PressAsync("Halt now");

        Assert.Equal(Typed, await ReasonAsync());
        Assert.Single(operations.Distinct());
    }

    [Fact]
    public async Task Whoever_is_signed_out_meanwhile_keeps_the_text_and_presses_again()
    {
        await WithAsync(route => route.FulfillAsync(new RouteFulfillOptions { Status = 401, Body = "" }));
        await Halt.ClickAsync();
        await preparer.WaitForAsync(".answer", "Your sign-in has ended");
        Assert.Equal(Typed, await preparer.Page.InputValueAsync("#act-reason"));

        await WithAsync(route => route.ContinueAsync());
        await preparer.PressAsync("Halt now");

        Assert.Single(operations.Distinct());
    }

    [Fact]
    public async Task An_end_that_nobody_knows_is_asked_for_some_time_and_then_said()
    {
        await preparer.Page.Clock.InstallAsync();
        await preparer.Page.RouteAsync(
            "**/api/operations/*",
            route =>
                route.FulfillAsync(
                    new RouteFulfillOptions { ContentType = "application/json", Body = """{"recorded":false}""" }
                )
        );
        await WithAsync(route => route.AbortAsync());
        await Halt.ClickAsync();
        await preparer.WaitForAsync(".answer", "We do not know yet whether this was recorded");
        for (var look = 0; look < 6; look++)
        {
            await preparer.Page.Clock.RunForAsync(10_000);
        }

        await preparer.WaitForAsync(".answer", "We still do not know how it ended");
        await Assertions.Expect(Halt).ToBeEnabledAsync();
    }

    private ILocator Halt =>
        preparer.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Halt now", Exact = true });

    private async Task WithAsync(Func<IRoute, Task> answer)
    {
        await preparer.Page.UnrouteAsync(Change);
        await preparer.Page.RouteAsync(
            Change,
            async route =>
            {
                var body = JsonDocument.Parse(route.Request.PostData!).RootElement;
                operations.Add(body.GetProperty("operationId").GetString()!);
                await answer(route);
            }
        );
    }

    private async Task<string?> ReasonAsync() =>
        (await app.GetAsync("api/controls")).Json.TryGetProperty("halt", out var halt)
            ? halt.GetProperty("reason").GetString()
            : null;
}
