using System.Diagnostics.Metrics;
using System.Text;
using Autopay.Tests.Fixtures;

namespace Autopay.Tests.App.EndToEnd;

/// <summary>What cannot be believed is refused and changes nothing.</summary>
[Collection(OneApp.Collection)]
public sealed class WebhookRefusalTests(OneApp one)
{
    private static readonly string Body = Webhooks.Event("evt_refused");
    private readonly AppHost app = one.App;

    [Fact]
    public Task N01_without_a_signature() =>
        app.RefusesAsync(400, Webhooks.Request(Body, null), Webhooks.Request(Body, ""));

    [Fact]
    public Task N02_with_a_wrong_signature() =>
        app.RefusesAsync(
            400,
            app.Signed(Body, "whsec_other"),
            Webhooks.Request(Body, "t=1,"),
            Webhooks.Request(Body, "t=abc,v1=00"),
            Webhooks.Request(Body, Webhooks.Sign(app, Body)[..^1])
        );

    [Fact]
    public Task N03_signed_301_seconds_ago() =>
        app.RefusesAsync(400, app.Signed(Body, shift: TimeSpan.FromSeconds(-301)));

    [Fact]
    public Task N04_signed_ten_minutes_ahead() =>
        app.RefusesAsync(400, app.Signed(Body, shift: TimeSpan.FromMinutes(10)));

    [Fact]
    public Task N05_with_one_byte_or_a_space_changed() =>
        app.RefusesAsync(
            400,
            Webhooks.Request($"{Body}\n", Webhooks.Sign(app, Body)),
            Webhooks.Request($" {Body}", Webhooks.Sign(app, Body)),
            Webhooks.Request(
                Body.Replace("evt_refused", "evt_refuseD", StringComparison.Ordinal),
                Webhooks.Sign(app, Body)
            )
        );

    [Fact]
    public async Task N06_signed_with_a_secret_of_before_the_rotation_and_taken_during_it()
    {
        await app.RefusesAsync(400, app.Signed(Body, "whsec_before"));

        Assert.Equal(
            ["+ table providerevents events e|evt_new_secret", "+ table providerevents events e|evt_old_secret"],
            await app.ChangedByAsync(async () =>
            {
                await app.HearAsync(Webhooks.Event("evt_old_secret"), AppHost.OldWebhookSecret);
                await app.HearAsync(Webhooks.Event("evt_new_secret"));
            })
        );
    }

    [Fact]
    public Task N07_with_the_old_scheme_only() =>
        app.RefusesAsync(
            400,
            Webhooks.Request(Body, Webhooks.Sign(app, Body).Replace("v1=", "v0=", StringComparison.Ordinal))
        );

    [Fact]
    public async Task N08_of_the_other_mode_and_the_alert_counts_it()
    {
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (counter, listening) =>
            {
                if (counter.Name == "autopay.webhooks")
                    listening.EnableMeasurementEvents(counter);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, value, tags, _) => Interlocked.Add(ref counted, tags.Contains(new("outcome", "otherMode")) ? value : 0)
        );
        listener.Start();

        await app.RefusesAsync(
            400,
            app.Signed(Body.Replace("\"livemode\":false", "\"livemode\":true", StringComparison.Ordinal))
        );

        Assert.Equal(1, Interlocked.Read(ref counted));
    }

    [Fact]
    public Task N13_no_JSON_no_event_too_deep_or_no_text() =>
        app.RefusesAsync(
            400,
            app.Signed("not JSON"),
            app.Signed("[]"),
            app.Signed("{}"),
            app.Signed(new string('[', 10_000) + new string(']', 10_000)),
            app.Signed(
                Webhooks.Event(
                    "evt_deep",
                    item: $$"""{"id":"cus_1","object":"customer","x":{{new string('[', 10_000)}}{{new string(']', 10_000)}}}"""
                )
            ),
            Webhooks.Request([.. Encoding.UTF8.GetBytes(Body), 0xc3], Webhooks.Sign(app, Body))
        );

    [Fact]
    public Task N13_a_body_of_two_megabytes() =>
        app.RefusesAsync(413, app.Signed(new string(' ', 2_000_000)), app.Signed($"{Largest("evt_too_large")} "));

    [Fact]
    public Task N15_by_another_method() =>
        app.RefusesAsync(
            404,
            new[] { "GET", "HEAD", "PUT", "DELETE" }.Select(method => Refusing.Request(method, "api/webhooks/stripe"))
        );

    [Fact]
    public async Task The_largest_event_that_a_row_can_hold_is_kept() =>
        Assert.Equal(
            ["+ table providerevents events e|evt_large"],
            await app.ChangedByAsync(() => app.HearAsync(Largest("evt_large")))
        );

    private static string Largest(string id)
    {
        var small = Webhooks.Event(id);
        return small.Replace(
            "\"x\":\"\"",
            $"\"x\":\"{new string('x', (480 * 1024) - small.Length)}\"",
            StringComparison.Ordinal
        );
    }
}
