using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>
/// What customers and finance were promised, kept from what people and files did and from what went to the bank, not
/// from the lists of the books. A promise that is broken by an act is seen at once; the rest <see
/// cref="CustomerChecks"/> sees at the end.
/// </summary>
internal sealed class Customers(SimWorld world)
{
    private readonly HashSet<AccountId> optedOut = [];
    private readonly List<AccountId> switchingOn = [];
    private readonly HashSet<AccountId> fileSaidOff = [];
    private readonly HashSet<string> decided = [];
    private readonly HashSet<(BillId Bill, string Payer)> approved = [];
    private readonly Dictionary<(AccountId Account, BillId Bill), string> payers = [];
    private readonly Dictionary<string, List<ImportRecord>> waitedFor = [];
    private readonly Dictionary<string, (AccountId Account, IReadOnlyList<AttemptLine> Lines)> confirmed = [];
    private readonly HashSet<(string Item, AccountId Account, string Id)> seen = [];
    private readonly HashSet<string> reversed = [];
    private readonly Dictionary<BillId, BillId> again = [];
    private readonly HashSet<BillId> alike = [];

    /// <summary>What went to the bank, by intent.</summary>
    public IReadOnlyDictionary<string, (AccountId Account, IReadOnlyList<AttemptLine> Lines)> Confirmed => confirmed;

    /// <summary>
    /// A person has spoken of this bill, payment or row: it may be in two places, or in none, by that word.
    /// </summary>
    public bool IsDecided(string id) => decided.Contains(id);

    public void Decides(string id) => decided.Add(id);

    public bool HasSeen(string item, AccountId account, string id) => seen.Contains((item, account, id));

    public bool WasReversed(string payment) => reversed.Contains(payment);

    /// <summary>A bill comes under a second id: whoever has paid the first owes nothing more (R41).</summary>
    public void ComesAgain(string id, string of) => again[new BillId(id)] = new BillId(of);

    /// <summary>The same bill was there when it came, and no person has said that it is another one.</summary>
    public bool IsTheSameAgain(BillId bill) => alike.Contains(bill);

    /// <summary>The person on the phone was told that autopay is off.</summary>
    public void OptedOut(AccountId account) => optedOut.Add(account);

    /// <summary>
    /// Somebody asks for autopay again: whoever opts out meanwhile may be overtaken, and an answer that is lost may
    /// have been a yes.
    /// </summary>
    public void SwitchOnBegins(AccountId account) => switchingOn.Add(account);

    public void SwitchOnEnds(AccountId account)
    {
        switchingOn.Remove(account);
        optedOut.Remove(account);
    }

    /// <summary>A file changes its mind only when it has said "off" before (R23).</summary>
    public void FileSays(AccountId account, bool autopay)
    {
        if (!autopay)
        {
            fileSaidOff.Add(account);
        }
        else if (fileSaidOff.Contains(account))
        {
            optedOut.Remove(account);
        }
    }

    /// <summary>A person lets a stored file arrive once more: it may have another mind than the last one.</summary>
    public void FileArrivesAgain() => optedOut.Clear();

    /// <summary>The files that are there when finance asks for a clear.</summary>
    public void ClearIsAsked(string why) =>
        waitedFor[why] = [.. world.ImportRecords().Where(import => !import.IsEnded)];

    public void AfterSave(LedgerSave save)
    {
        world.Troubles.AfterSave(save);
        foreach (var happened in save.Events)
        {
            See(save, happened);
        }
    }

    /// <summary>
    /// R26: no cycle is cleared before its files are applied or set aside, nor after the clear was taken back.
    /// </summary>
    public void BeforeChange(Controls before, ControlChange change, Authority authority)
    {
        if (change is not BacklogCleared cleared)
        {
            return;
        }

        var asked = cleared.AskedAt ?? authority.At;
        var open = world.ImportRecords().Where(import => !import.IsEnded && import.Arrival.At <= asked).ToList();
        var knownThen = waitedFor.GetValueOrDefault(authority.Why, []);
        if (knownThen.FirstOrDefault(known => open.Exists(import => import.IsSameArrival(known))) is { } early)
        {
            world.Checks.Violated(
                "R26",
                $"a cycle is cleared while {early.FileName}, which arrived before, is not applied"
            );
        }

        if (cleared.AskedAt is { } at && cleared.Cycles.Any(cycle => before.BacklogOf(cycle).Clearing?.AskedAt != at))
        {
            world.Checks.Violated("R26", $"a clear of {at:u} takes effect after it was taken back");
        }
    }

    /// <summary>Money moves: whose bills, and from whom (R34).</summary>
    public void ConfirmHappened(Attempt attempt)
    {
        confirmed[attempt.IntentId!] = (attempt.Debit.Account, attempt.Lines);
        foreach (var line in attempt.Lines)
        {
            if (IsTheSameAgain(line.Bill))
            {
                world.Checks.Violated("R41", $"bill {line.Bill}, which is {again[line.Bill]} again, is collected too");
            }

            var isKnown = payers.TryGetValue((attempt.Debit.Account, line.Bill), out var payer);
            if (isKnown && payer != attempt.Customer && !approved.Contains((line.Bill, attempt.Customer)))
            {
                world.Checks.Violated(
                    "R34",
                    $"bill {line.Bill} of {payer} is collected from {attempt.Customer} by {attempt.Debit}"
                );
            }
        }
    }

    private void See(LedgerSave save, LedgerEvent happened)
    {
        var account = save.After.Id;
        switch (happened)
        {
            case BillOpened e:
                seen.Add(("bill", account, e.Bill.Id.Value));
                payers.TryAdd((account, e.Bill.Id), save.After.Enrolment?.Customer ?? "");
                SeeAgain(save, e.Bill);
                break;
            case BillToldApart e:
                alike.Remove(e.Bill);
                break;
            case BillRearmed e:
                alike.Remove(e.Bill);
                break;
            case FundsReceived e:
                seen.Add(("payment", account, e.Funds.Id.Value));
                break;
            case FundsReversed e:
                reversed.Add(e.Funds.Value);
                break;
            case DebitApproved e when e.Waived.Any(waived => waived.Check == ReviewCheck.Payer):
                var payer = save.After.Enrolment!.Customer;
                approved.UnionWith(save.Before.Ledger.DebitOf(e.Debit).Lines.Select(line => (line.Bill, payer)));
                break;
            case AttemptLocked e:
                CheckOptOut(e.Debit);
                break;
            case AttemptLockedAgain e:
                CheckOptOut(e.Debit);
                break;
            default:
                break;
        }
    }

    // What asked for nothing any more may come again, and what has other numbers by now is not the same.
    private void SeeAgain(LedgerSave save, Bill bill)
    {
        if (
            again.TryGetValue(bill.Id, out var first)
            && save.After.Bills.TakeWhile(other => other.Id != bill.Id).FirstOrDefault(other => other.Id == first)
                is { Charges.IsZero: false } known
            && save.Before.Ledger.FindBill(first) is null or { Charges.IsZero: false }
            && (known.CurrentCharges, known.DueDate) == (bill.CurrentCharges, bill.DueDate)
        )
        {
            alike.Add(bill.Id);
        }
    }

    // R23: whoever was told that it is off is not charged by what is decided after that.
    private void CheckOptOut(DebitId debit)
    {
        if (optedOut.Contains(debit.Account) && !switchingOn.Contains(debit.Account))
        {
            world.Checks.Violated("R23", $"debit {debit} goes to the bank after its customer has opted out by phone");
        }
    }
}

/// <summary>The city's controls, watched as they change.</summary>
internal sealed class WatchedControls(SimWorld world) : IControlsStore
{
    private readonly IControlsStore inner = world.Controls;

    public Task<ControlsEntry> LoadAsync(CancellationToken cancel) => inner.LoadAsync(cancel);

    public Task<ControlsEntry> LoadRecentAsync(CancellationToken cancel) => inner.LoadRecentAsync(cancel);

    public Task<bool> TrySaveAsync(ControlsEntry before, Controls after, ControlAct act, CancellationToken cancel)
    {
        if (before.Controls.Version == world.Controls.Current.Version)
        {
            world.Customers.BeforeChange(before.Controls, act.Change, act.Authority);
            world.Troubles.AfterChange(before.Controls, act.Change, act.Authority);
        }

        return inner.TrySaveAsync(before, after, act, cancel);
    }

    public IAsyncEnumerable<ControlsHistoryRow> ReadHistoryAsync(CancellationToken cancel) =>
        inner.ReadHistoryAsync(cancel);

    public Task<RecordedOperation?> FindOperationAsync(string id, CancellationToken cancel) =>
        inner.FindOperationAsync(id, cancel);
}
