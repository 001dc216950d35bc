using Autopay.Tests.Fixtures;

namespace Autopay.Tests.Faults.FaultProxy;

/// <summary>
/// Each fault at each request that a charge sends to the tables and to Stripe; a sample of them in the normal run.
/// </summary>
public sealed class EveryRequestTests(FaultyWorld world) : IClassFixture<FaultyWorld>
{
    /// <summary>A create and a confirm are not sampled.</summary>
    private const int Few = 10;

    public static TheoryData<string> Faults() => [.. Enum.GetNames<ProxyFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_at_any_request_of_a_charge_leaves_one_charge(string name)
    {
        var fault = Enum.Parse<ProxyFault>(name);
        foreach (var script in new[] { world.Tables, world.Stripe })
        {
            var requests = await CountAsync(script);
            var each = requests < Few ? 1 : Each(fault);
            Assert.InRange(requests, 2, 100);
            for (var request = 1 + ((int)fault % each); request <= requests; request += each)
            {
                var account = await world.EnrolAsync();
                script.Mend();
                script.BreakAt(request, fault);
                await world.TryWalkAsync(account);
                Assert.Equal(0, script.Left);
                await world.RecoverAsync(account);
                await world.ThenChargedOnceAsync(account, $"{fault} at request {request}");
            }
        }
    }

    // Silence takes as long as the client's patience.
    private static int Each(ProxyFault fault) =>
        Soak.IsOn ? 1
        : fault is ProxyFault.HangBefore or ProxyFault.HangAfter ? 13
        : 5;

    private async Task<int> CountAsync(FaultScript script)
    {
        var account = await world.EnrolAsync();
        script.Mend();
        await world.WalkAsync(account);
        return script.Seen;
    }
}
