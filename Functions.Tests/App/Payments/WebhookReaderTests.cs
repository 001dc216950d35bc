using System.Security.Cryptography;
using System.Text;
using Autopay.Application.Ports.Provider;
using Autopay.Payments;
using Microsoft.Extensions.Time.Testing;
using Stripe;

namespace Autopay.Tests.App.Payments;

/// <summary>A webhook is believed by its signature over the raw bytes, or not at all.</summary>
public sealed class WebhookReaderTests
{
    private const string Secret = "whsec_new";
    private const string OldSecret = "whsec_old";
    private static readonly DateTimeOffset Now = new(2020, 2, 20, 16, 0, 0, TimeSpan.Zero);
    private static readonly string Good = Event();
    private const string Ours = """
        {"id":"pi_1","object":"payment_intent","amount":5000,"amount_received":5000,"metadata":{"environment":"production","account_id":"10-0042","debit_id":"10-0042-1-7","attempt":"2"}}
        """;

    [Fact]
    public void A_signed_event_is_read()
    {
        var happened = Read(Good, Sign(Good)).Event!;

        Assert.Equal(
            ("evt_1", "payment_intent.succeeded", "pi_1", ProviderEventState.Stored),
            (happened.Id, happened.Type, happened.IntentId, happened.State)
        );
        Assert.Equal((Good, Now), (happened.Body, happened.ReceivedAt));
    }

    [Theory]
    [InlineData("payment_intent.succeeded", IntentStatus.Succeeded)]
    [InlineData("payment_intent.payment_failed", IntentStatus.Dead)]
    [InlineData("payment_intent.canceled", IntentStatus.Cancelled)]
    [InlineData("payment_intent.requires_action", IntentStatus.RequiresAction)]
    public void What_an_event_says_of_an_intent_of_ours_is_read(string type, IntentStatus status)
    {
        var body = Event(Ours, type: type);

        Assert.Equal(
            new IntentClaim
            {
                IntentId = "pi_1",
                Debit = DebitId.From("10-0042-1-7"),
                Attempt = 2,
                Status = status,
                Amount = new Money(5000),
                Received = new Money(5000),
            },
            Read(body, Sign(body)).Event!.Claim
        );
    }

    [Theory]
    [InlineData("production", "elsewhere")]
    [InlineData("10-0042-1-7", "no debit")]
    [InlineData("\"attempt\":\"2\"", "\"attempt\":\"-2\"")]
    [InlineData("\"attempt\":\"2\"", "\"attempt\":2")]
    [InlineData("\"amount\":5000,", "")]
    [InlineData("\"amount_received\":5000", "\"amount_received\":4000")]
    [InlineData("\"object\":\"payment_intent\"", "\"object\":\"refund\",\"payment_intent\":\"pi_1\"")]
    [InlineData("\"metadata\":{", "\"metadata\":null,\"data\":{")]
    public void Of_an_intent_that_is_not_ours_or_of_anything_else_nothing_is_read(string right, string wrong)
    {
        var body = Event(Ours.Replace(right, wrong, StringComparison.Ordinal));

        var happened = Read(body, Sign(body)).Event!;

        Assert.Equal(("pi_1", null), (happened.IntentId, happened.Claim));
    }

    [Theory]
    [InlineData("payment_intent.processing")]
    [InlineData("payment_intent.created")]
    [InlineData("charge.succeeded")]
    [InlineData("charge.refunded")]
    [InlineData("payout.paid")]
    [InlineData("gift.wrapped")]
    public void N10_an_event_of_a_type_that_changes_nothing_here_is_ignored_in_any_version(string type)
    {
        var (body, other, live) = (
            Event(type: type),
            Event(type: type, version: "\"2019-01-01\""),
            Event(type: type, livemode: "true")
        );

        Assert.Equal(WebhookReading.Ignored, Read(body, Sign(body)));
        Assert.Equal(WebhookReading.Ignored, Read(other, Sign(other)));
        Assert.NotNull(Read(live, Sign(live)).Refusal);
        Assert.NotNull(Read(body, Sign(body, "whsec_of_somebody_else")).Refusal);
    }

    [Theory]
    [InlineData("\"payment_intent\":\"pi_9\"", "pi_9")]
    [InlineData("\"payment_intent\":{\"id\":\"pi_8\"}", "pi_8")]
    [InlineData("\"payment_intent\":null", null)]
    [InlineData("\"amount\":1", null)]
    public void An_event_of_a_charge_or_a_dispute_names_its_intent(string field, string? intent)
    {
        var body = Event(item: $$"""{"id":"ch_1","object":"charge",{{field}}}""");

        Assert.Equal(intent, Read(body, Sign(body)).Event!.IntentId);
    }

    [Theory]
    [InlineData("""{"id":"gz_1"}""")]
    [InlineData("""{"id":"gz_1","object":"gizmo"}""")]
    public void An_event_of_a_kind_that_we_do_not_know_names_no_intent_and_is_kept(string item)
    {
        var body = Event(item: item);

        Assert.Null(Read(body, Sign(body)).Event!.IntentId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void N01_without_a_signature_nothing_is_believed(string? signature) => ThenRefused(Good, signature);

    [Fact]
    public void N02_a_wrong_signature_is_refused() => ThenRefused(Good, Sign(Good, "whsec_of_somebody_else"));

    [Theory]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    [InlineData(600, false)]
    public void N03_N4_a_signature_is_five_minutes_good(int seconds, bool isBelieved) =>
        Assert.Equal(isBelieved, Read(Good, Sign(Good, at: Now.AddSeconds(seconds))).Event is not null);

    [Fact]
    public void N05_one_changed_byte_is_refused()
    {
        ThenRefused(Good + " ", Sign(Good));
        ThenRefused(Good.Replace("pi_1", "pi_2", StringComparison.Ordinal), Sign(Good));
    }

    [Fact]
    public void N06_two_secrets_are_good_during_a_rotation_and_one_after_it()
    {
        Assert.NotNull(Read(Good, Sign(Good, OldSecret), $"{Secret}, {OldSecret}").Event);
        Assert.NotNull(Read(Good, Sign(Good), $"{OldSecret},{Secret}").Event);
        Assert.Null(Read(Good, Sign(Good, OldSecret)).Event);
        Assert.Null(Read(Good, Sign(Good, ""), "").Event);
    }

    [Fact]
    public void N07_the_old_scheme_alone_is_refused() =>
        ThenRefused(Good, Sign(Good).Replace("v1=", "v0=", StringComparison.Ordinal));

    [Theory]
    [InlineData("t=abc,v1=00")]
    [InlineData("t=99999999999999999999,v1=00")]
    [InlineData("t=,v1=")]
    [InlineData("t=1582214400")]
    [InlineData("v1=00")]
    [InlineData("=")]
    [InlineData(",,,")]
    [InlineData("t=1582214400,t=1582214400,v1=00,v1")]
    [InlineData("héader")]
    public void A_signature_header_that_makes_no_sense_is_refused(string signature) => ThenRefused(Good, signature);

    [Fact]
    public void N08_an_event_of_the_other_mode_is_refused()
    {
        var live = Event(livemode: "true");

        Assert.Contains("mode", Read(live, Sign(live)).Refusal, StringComparison.Ordinal);
        Assert.Equal((true, false), (Read(live, Sign(live)).IsOfOtherMode, Read(live, Sign(Good)).IsOfOtherMode));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"id":1,"type":"x","api_version":"x","livemode":false,"data":{"object":{}}}""")]
    [InlineData("""{"id":"evt_1","type":"x","api_version":"x","livemode":"no","data":{"object":{}}}""")]
    [InlineData("""{"id":"evt_1","type":"x","api_version":"x","livemode":false,"data":{"object":"pi_1"}}""")]
    [InlineData("""{"id":"evt_1","type":"x","api_version":"x","livemode":false,"data":{"object":{"object":7}}}""")]
    public void N13_what_is_signed_and_no_event_is_refused(string body) => ThenRefused(body, Sign(body));

    [Fact]
    public void N13_ten_thousand_levels_and_bytes_that_are_no_text_are_refused()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        byte[] notText = [0x7b, 0xff, 0xfe, 0x7d];

        ThenRefused(deep, Sign(deep));
        Assert.NotNull(Read(notText, Sign("{}"), Secret).Refusal);
    }

    [Theory]
    [InlineData("\"2019-01-01\"")]
    [InlineData("null")]
    public void N14_an_event_of_another_API_version_is_parked_and_not_lost(string version)
    {
        var body = Event(version: version);

        var happened = Read(body, Sign(body)).Event!;

        Assert.Equal((ProviderEventState.Parked, body), (happened.State, happened.Body));
    }

    private static void ThenRefused(string body, string? signature) => Assert.NotNull(Read(body, signature).Refusal);

    private static WebhookReading Read(string body, string? signature, string secrets = Secret) =>
        Read(Encoding.UTF8.GetBytes(body), signature, secrets);

    // Secrets of the settings are there at once.
    private static WebhookReading Read(byte[] body, string? signature, string secrets) =>
        Reader(secrets).ReadAsync(body, signature, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private static StripeWebhookReader Reader(string secrets) =>
        new(
            new SecretsInSettings(
                new StripeOptions
                {
                    ApiKey = "sk_test_x",
                    WebhookSecrets = secrets,
                    Environment = "production",
                }
            ),
            new FakeTimeProvider(Now)
        );

    private static string Event(
        string? item = null,
        string livemode = "false",
        string? version = null,
        string type = "payment_intent.succeeded"
    )
    {
        var about = item ?? """{"id":"pi_1","object":"payment_intent"}""";
        var speaks = version ?? $"\"{StripeConfiguration.ApiVersion}\"";
        return $"{{\"id\":\"evt_1\",\"object\":\"event\",\"type\":\"{type}\","
            + $"\"api_version\":{speaks},\"livemode\":{livemode},\"data\":{{\"object\":{about}}}}}";
    }

    private static string Sign(string body, string secret = Secret, DateTimeOffset? at = null)
    {
        var time = (at ?? Now).ToUnixTimeSeconds();
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(hash)}";
    }
}
