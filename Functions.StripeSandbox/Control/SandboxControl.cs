using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.Webhooks;

namespace Autopay.StripeSandbox.Control;

/// <summary>What a test or a demo may do behind Stripe's back. The same verbs as under `/_sandbox`.</summary>
public sealed class SandboxControl
{
    private const string Succeed = "succeed";
    private readonly Sandbox sandbox;

    internal SandboxControl(Sandbox sandbox) => this.sandbox = sandbox;

    public ClockReport Clock =>
        sandbox.Step(null, () => new ClockReport(sandbox.Clock.Now, sandbox.Clock.FrozenAt is not null, 0));

    public CallReport Calls => sandbox.Calls.Report();

    public IReadOnlyList<FaultStatus> Faults => sandbox.Faults.Status;

    public ClockReport AdvanceTo(DateTimeOffset moment) =>
        sandbox.State.Step(
            null,
            () =>
            {
                if (moment < sandbox.Clock.Now)
                {
                    throw new ControlException(
                        $"The sandbox's clock shows {sandbox.Clock.Now:O} already; it only moves forward."
                    );
                }
                var answered = sandbox.Bank.AnswerDue(moment);
                sandbox.Clock.MoveTo(moment);
                sandbox.Outbox.Wake();
                return new ClockReport(moment, sandbox.Clock.FrozenAt is not null, answered);
            }
        );

    public ClockReport AdvanceBy(TimeSpan span) => AdvanceTo(Clock.Now + span);

    public ClockReport Freeze(bool frozen) =>
        sandbox.State.Step(
            null,
            () =>
            {
                sandbox.Clock.Freeze(frozen);
                return Clock;
            }
        );

    public LedgerReport Ledger(string by) => sandbox.Step(null, () => new LedgerReader(sandbox.State).Read(by));

    public void AddFaults(params IEnumerable<FaultRule> rules) => sandbox.Faults.Add(rules);

    public void ClearFaults() => sandbox.Faults.Clear();

    public void ClearCalls() => sandbox.Calls.Clear();

    /// <summary>
    /// Null intent: all that wait for the bank. `outcome`: "succeed", or a return code (`R02`, `account_closed`); null:
    /// what their bank would say.
    /// </summary>
    public IReadOnlyList<IntentState> AnswerNow(string? intent = null, string? outcome = null) =>
        sandbox.Step<IReadOnlyList<IntentState>>(
            null,
            () =>
            {
                var code = outcome is null or Succeed
                    ? null
                    : ReturnCode.FindAny(outcome)
                        ?? throw new ControlException($"The bank knows no outcome '{outcome}'.");
                bool? succeeds = outcome is Succeed ? true : null;
                var waiting = intent is null
                    ? sandbox.State.Intents.All().Where(candidate => candidate.Status == IntentStatus.Processing)
                    : [Processing(intent)];
                return
                [
                    .. waiting
                        .ToList()
                        .Select(each => IntentState.Of(sandbox.Bank.AnswerNow(each.LatestCharge!, code, succeeds))),
                ];
            }
        );

    /// <summary>By intent (`pi_`) or charge (`ch_`, `py_`). Returns the dispute's id.</summary>
    public DisputeState Dispute(string intentOrCharge, string? reason = null, string? networkCode = null) =>
        sandbox.Step(
            null,
            () =>
            {
                var charge = sandbox.State.Charges.Find(
                    sandbox.State.Intents.Find(intentOrCharge)?.LatestCharge ?? intentOrCharge
                );
                return charge is { Status: ChargeStatus.Succeeded, Disputed: false }
                    ? DisputeState.Of(sandbox.Money.Disputes.Open(charge.Id, reason, networkCode))
                    : throw new ControlException(
                        $"'{intentOrCharge}' has no succeeded charge that is not disputed yet."
                    );
            }
        );

    public DisputeState CloseDispute(string dispute, bool won) =>
        sandbox.Step(
            null,
            () =>
                sandbox.State.Disputes.Find(dispute) is { IsOpen: true } open
                    ? DisputeState.Of(sandbox.Money.Disputes.Close(open, won))
                    : throw new ControlException(
                        $"'{dispute}' is no open dispute. An ACH dispute is final from the start."
                    )
        );

    /// <summary>The customer does what `requires_action` asks for.</summary>
    public IntentState CompleteAction(string intent) =>
        sandbox.Step(
            null,
            () =>
                sandbox.State.Intents.Find(intent) is { Status: IntentStatus.RequiresAction } asking
                    ? IntentState.Of(sandbox.Submission.Answered(asking))
                    : throw new ControlException($"'{intent}' does not wait for its customer.")
        );

    /// <summary>
    /// The customer accepts that the payment method is debited, as a SetupIntent has it: later confirms need not name
    /// the mandate.
    /// </summary>
    public MandateState AcceptMandate(string customer, string paymentMethod) =>
        sandbox.Step(
            null,
            () =>
                MandateState.Of(
                    sandbox.Accounts.Mandates.Accept(
                        sandbox.Accounts.Customers.Resolve(customer, "customer").Id,
                        sandbox.Accounts.Methods.Resolve(paymentMethod, "payment_method").Id
                    )
                )
        );

    /// <summary>The customer revokes the mandate.</summary>
    public MandateState EndMandate(string mandate) =>
        sandbox.Step(
            null,
            () =>
                sandbox.Accounts.Mandates.End(mandate) is { } ended
                    ? MandateState.Of(ended)
                    : throw new ControlException($"There is no mandate '{mandate}'.")
        );

    /// <summary>
    /// Stripe blocks the bank account, by a return code (`R02`, `account_closed`). A test id serves everybody and
    /// cannot be blocked.
    /// </summary>
    public MethodState BlockMethod(string paymentMethod, string code = "R16") =>
        sandbox.Step(
            null,
            () =>
            {
                var reason = ReturnCode.FindAny(code) is { BlocksAccount: true } known
                    ? known
                    : throw new ControlException($"No account is blocked by '{code}'.");
                var method = sandbox.Accounts.Methods.Resolve(paymentMethod, "payment_method");
                return method.UsBankAccount is null
                    ? throw new ControlException($"'{paymentMethod}' is no bank account.")
                    : MethodState.Of(sandbox.Accounts.Methods.Block(method, reason));
            }
        );

    /// <summary>Pays out at once; null id: nothing was available.</summary>
    public PayoutState PayOut() =>
        sandbox.Step(null, () => PayoutState.Of(sandbox.Money.Payouts.PayOut(automatic: false)));

    public OutboxReport Webhooks => sandbox.Step(null, sandbox.Outbox.Report);

    public OutboxReport AddWebhook(WebhookTarget target) =>
        sandbox.State.Step(
            null,
            () =>
            {
                sandbox.Outbox.Add(target);
                return sandbox.Outbox.Report();
            }
        );

    public OutboxReport RemoveWebhooks() =>
        sandbox.State.Step(
            null,
            () =>
            {
                sandbox.Outbox.RemoveTargets();
                return sandbox.Outbox.Report();
            }
        );

    public OutboxReport Deliver(DeliveryMode mode) =>
        sandbox.State.Step(
            null,
            () =>
            {
                sandbox.Outbox.Behave(mode);
                return sandbox.Outbox.Report();
            }
        );

    /// <summary>
    /// Sends whatever waits, held or due later, and returns when each was tried. Null: as the mode in force says.
    /// </summary>
    public Task<DeliveryReport> FlushAsync(DeliveryMode? mode = null) =>
        sandbox.Postman.DeliverAsync(
            sandbox.Step(null, () => sandbox.Outbox.Take(all: true, mode ?? sandbox.Outbox.Mode)),
            sandbox.Stopping
        );

    /// <summary>Sends these events again, acknowledged, dropped or given up; without ids all that there are.</summary>
    public Task<DeliveryReport> RedeliverAsync(params IReadOnlyList<string> events) =>
        sandbox.Postman.DeliverAsync(
            sandbox.Step(
                null,
                () =>
                    sandbox.Outbox.Again(
                        events.Count == 0 ? [.. sandbox.State.Events.All()] : events.Select(Event).ToList()
                    )
            ),
            sandbox.Stopping
        );

    private StripeEvent Event(string id) =>
        sandbox.State.Events.Find(id) ?? throw new ControlException($"There is no event '{id}'.");

    private PaymentIntent Processing(string intent) =>
        sandbox.State.Intents.Find(intent) is { Status: IntentStatus.Processing } found
            ? found
            : throw new ControlException($"'{intent}' does not wait for the bank.");
}

public sealed record ClockReport(DateTimeOffset Now, bool Frozen, int Answered);

public sealed record IntentState(string Id, string Status, string? LatestCharge, string? FailureCode)
{
    internal static IntentState Of(PaymentIntent intent) =>
        new(intent.Id, intent.Status, intent.LatestCharge, intent.LastPaymentError?.Code);
}

public sealed record DisputeState(string Id, string Charge, string Intent, string Reason, string Status)
{
    internal static DisputeState Of(Dispute dispute) =>
        new(dispute.Id, dispute.Charge, dispute.PaymentIntent, dispute.Reason, dispute.Status);
}

public sealed record MandateState(string Id, string PaymentMethod, string Status)
{
    internal static MandateState Of(Mandate mandate) => new(mandate.Id, mandate.PaymentMethod, mandate.Status);
}

public sealed record MethodState(string Id, string? BlockedBy)
{
    internal static MethodState Of(PaymentMethod method) =>
        new(method.Id, method.UsBankAccount?.StatusDetails?.Blocked?.NetworkCode);
}

public sealed record PayoutState(string? Id, long AmountCents)
{
    internal static PayoutState Of(Payout? payout) => new(payout?.Id, payout?.Amount ?? 0);
}

/// <summary>A control request that makes no sense; 400 over HTTP.</summary>
public sealed class ControlException(string message) : Exception(message);
