using System.Globalization;
using Autopay.Application.Ledgers;

namespace Autopay.Rehearsal.Steps;

/// <summary>What a step plays in: the rehearsal's world and the folder of its files.</summary>
internal sealed class StepContext(RehearsalWorld world, string folder)
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    public RehearsalWorld World => world;

    public string Folder => folder;

    /// <summary>An id for what the timeline gives none: <c>waiver-1</c>, <c>waiver-2</c>.</summary>
    public string NextId(string kind)
    {
        numbers[kind] = numbers.GetValueOrDefault(kind) + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{kind}-{numbers[kind]}");
    }

    /// <summary>The accounts in which to look: the one that is named, or all of them.</summary>
    public IEnumerable<AccountLedger> Ledgers(string? account) =>
        world.Ledgers.Ledgers.Where(ledger => account is null || ledger.Id.Value == account);

    /// <exception cref="RefusedException">There is no such account, or the rules refuse the command.</exception>
    public async Task ChangeAsync(AccountId account, Func<Moment, LedgerCommand> command, string why) =>
        _ =
            await world.Verb<ChangeAccount>().RunAsync(account, command, world.Authority(why), CancellationToken.None)
            ?? throw new RefusedException($"There is no account {account}.");
}
