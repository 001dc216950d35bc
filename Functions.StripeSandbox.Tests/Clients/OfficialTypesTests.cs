using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Tests.Fixtures;

namespace Autopay.StripeSandbox.Tests.Clients;

public sealed partial class OfficialTypesTests(TypeCheck check) : IClassFixture<TypeCheck>
{
    [Fact]
    public void Everything_the_sandbox_serves_is_what_Stripes_own_types_say() => Assert.Empty(check.Problems);

    [Fact]
    public void Every_kind_of_object_was_looked_at()
    {
        string[] kinds =
        [
            "PaymentIntent",
            "Charge",
            "Refund",
            "Dispute",
            "Event",
            "Customer",
            "PaymentMethod",
            "Mandate",
            "Payout",
        ];

        Assert.All(kinds, kind => Assert.True(check.Checked.GetValueOrDefault($"Stripe.{kind}") > 0, kind));
        Assert.All(
            kinds[..5],
            kind =>
                Assert.True(check.Checked.GetValueOrDefault($"Stripe.ApiList<Stripe.{kind}>") > 0, $"list of {kind}")
        );
        Assert.True(check.Checked["Stripe.Event"] > 60);
        Assert.True(check.Checked["{ error: RawError }"] > 4);
    }

    [Fact]
    public void A_wrong_body_is_refused() => Assert.Equal(TypeCheck.Spoils.Keys.Order(), check.RefusedSpoils.Order());

    [Fact]
    public void The_sandbox_Stripe_net_and_npm_stripe_speak_the_same_version()
    {
        var declaration = File.ReadAllText(
            Path.Combine(Repository.Root, "node_modules", "stripe", "esm", "apiVersion.js")
        );

        Assert.Equal(EventLog.ApiVersion, Stripe.StripeConfiguration.ApiVersion);
        Assert.Equal(EventLog.ApiVersion, DeclaredVersion().Match(declaration).Groups[1].Value);
    }

    [GeneratedRegex("ApiVersion = '([^']+)'")]
    private static partial Regex DeclaredVersion();
}
