using System.Text.RegularExpressions;
using Autopay.Application.Importing;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Provider;

namespace Autopay.Application;

public enum FoundKind
{
    Account,
    Bill,
    Payment,
    Debit,
    Intent,
}

/// <summary>Something of that id, and the account that it is of.</summary>
/// <param name="Resembles">An account whose id is another one but for zeros, case or blanks (R30), or for letters that
/// look like digits.</param>
public sealed record Found(FoundKind Kind, string Id, AccountId Account, bool Resembles = false)
{
    /// <summary>Of an intent: the debit that it collects.</summary>
    public DebitId? Debit { get; init; }
}

/// <param name="Note">Why an intent is not found, or where else to look.</param>
public sealed record Finding(IReadOnlyList<Found> Items, string? Note = null);

/// <summary>
/// What has an id: an account, a bill, a payment, a debit, or an intent, which the provider itself is asked whose it
/// is. At most five reads of single things. A bill or payment is found as a file named it: its account may be one that
/// we do not know.
/// </summary>
public sealed partial class FindById(ILedgerStore ledgers, IIdRegister register, IPaymentProvider provider)
{
    private const string IntentPrefix = "pi_";

    public async Task<Finding> RunAsync(string id, CancellationToken cancel)
    {
        var isIntent = id.StartsWith(IntentPrefix, StringComparison.Ordinal);
        var intent = isIntent ? await FindIntentAsync(id, cancel) : new Finding([]);
        var found = await Task.WhenAll(
            isIntent ? Task.FromResult<Found?>(null)
                : DebitId.TryParse(id, out var debit) ? FindDebitAsync(debit, cancel)
                : FindAccountAsync(id, cancel),
            FindAsync(FoundKind.Bill, IdKind.Bill, id, cancel),
            FindAsync(FoundKind.Payment, IdKind.Payment, id, cancel)
        );
        return intent with { Items = [.. intent.Items, .. found.OfType<Found>()] };
    }

    // What the provider says is believed where our books agree.
    private async Task<Finding> FindIntentAsync(string id, CancellationToken cancel)
    {
        var answer = await provider.ReadAsync(id);
        if (answer is not ProviderAnswer.Read { Intent: var intent })
        {
            return new Finding(
                [],
                answer is ProviderAnswer.Rejected
                    ? $"Stripe has no intent {id}."
                    : "Stripe, which alone knows whose an intent is, does not answer now. Ask again, or look for "
                        + "the debit."
            );
        }

        if (intent.Environment != provider.Environment || !DebitId.TryParse(intent.DebitId ?? "", out var debit))
        {
            return new Finding([], $"Stripe has intent {id}, and it is none of this app's.");
        }

        return await IsOursAsync(debit, id, cancel)
            ? new Finding([new Found(FoundKind.Intent, id, debit.Account) { Debit = debit }])
            : new Finding(
                [],
                $"Stripe has intent {id} for debit {debit}, and our books do not name it there: a reconcile tells what "
                    + "it is."
            );
    }

    // An attempt's, or that of money which was taken over after a restore.
    private async Task<bool> IsOursAsync(DebitId debit, string intent, CancellationToken cancel) =>
        await ledgers.LoadAsync(debit.Account, cancel) is { Ledger: var ledger }
        && (
            ledger.Debits.Any(it => HasAttempted(it, intent))
            || ledger.Funds.Any(funds => funds.Id.Value == intent)
            || (await ledgers.ReadArchivedAsync(debit.Account, cancel)).Any(it => HasAttempted(it, intent))
        );

    private static bool HasAttempted(Debit debit, string intent) =>
        debit.Attempts.Any(attempt => attempt.IntentId == intent);

    private async Task<Found?> FindAccountAsync(string id, CancellationToken cancel)
    {
        var account = new AccountId(id);
        return await ledgers.LoadAsync(account, cancel) is not null ? new Found(FoundKind.Account, id, account)
            : await register.FindAsync(IdKind.Account, LookAlikes.NameOf(account), cancel) is { } other
                ? new Found(FoundKind.Account, other.Value, other, Resembles: true)
            : await FindMisreadAsync(id, cancel);
    }

    // What was read off a bill or heard on the phone: 10-00O4 is 10-0004.
    private async Task<Found?> FindMisreadAsync(string id, CancellationToken cancel)
    {
        var digits = MisreadPattern().Replace(id, letter => $"{DigitOf(letter.Value[0])}");
        return digits != id && await ledgers.LoadAsync(new AccountId(digits), cancel) is { Ledger.Id: var account }
            ? new Found(FoundKind.Account, digits, account, Resembles: true)
            : null;
    }

    private static char DigitOf(char letter) =>
        letter switch
        {
            'O' or 'o' => '0',
            'I' or 'l' => '1',
            'S' => '5',
            'B' => '8',
            _ => letter,
        };

    // Among digits: a word has such letters too, and means them.
    [GeneratedRegex("(?<=[0-9OoIlSB-])[OoIlSB](?=[0-9OoIlSB]|$)")]
    private static partial Regex MisreadPattern();

    // An account may be called like a debit; then it has none of that id.
    private async Task<Found?> FindDebitAsync(DebitId debit, CancellationToken cancel)
    {
        if (await ledgers.LoadAsync(debit.Account, cancel) is not { } entry)
        {
            return await FindAccountAsync(debit.Value, cancel);
        }

        var isThere =
            entry.Ledger.Debits.Any(it => it.Id == debit)
            || (await ledgers.ReadArchivedAsync(debit.Account, cancel)).Any(it => it.Id == debit);
        return isThere ? new Found(FoundKind.Debit, debit.Value, debit.Account) : null;
    }

    private async Task<Found?> FindAsync(FoundKind found, IdKind kind, string id, CancellationToken cancel) =>
        await register.FindAsync(kind, id, cancel) is { } account ? new Found(found, id, account) : null;
}
