using Autopay.StripeSandbox.Api;
using Autopay.StripeSandbox.Bank;
using Autopay.StripeSandbox.Control;
using Autopay.StripeSandbox.Faults;
using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;
using Autopay.StripeSandbox.Webhooks;

namespace Autopay.StripeSandbox;

/// <summary>The stand-in without its HTTP server: everything wired together.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly CancellationTokenSource stopping = new();

    public Sandbox(SandboxOptions options)
    {
        State = new SandboxState(options.DataFile);
        Clock = new SandboxClock(options, State);
        Outbox = new Outbox(State, Clock, options);
        Events = new EventLog(State, Clock) { Announce = Outbox.Announce };
        var core = new Core(State, Clock, Events, options.StrictIds);
        var accounts = new Accounts(
            new Customers(core),
            new PaymentMethods(core),
            new Mandates(core, options.MissingMandate)
        );
        var diary = new BankDiary(State, new BankHours(options.TimeZone));
        var balance = new Balance(State, Clock);
        Accounts = accounts;
        Money = new Money(
            new Charges(core, balance, accounts.Methods, diary.Hours),
            new Refunds(core, balance, diary),
            new Disputes(core, balance, accounts.Mandates),
            new Payouts(core, balance)
        );
        Submission = new Submission(core, accounts, Money.Charges, diary);
        Bank = new TheBank(core, diary, accounts.Methods, Money);
        Bank.PayOutDaily(options.DailyPayouts);
        Keys = new IdempotencyKeys(State, Clock);
        Faults = new FaultBox(options.Seed);
        RateLimit = new RateLimit(options.RequestsPerSecond, options.RequestsPerSecondInAll, options.Time);
        Router = new Router(
            [
                .. new PaymentIntentsApi(
                    core,
                    new PaymentIntents(core, accounts, Submission),
                    accounts.Customers,
                    Submission
                ).Routes,
                .. new MoneyApi(State, Money.Refunds, Money.Disputes).Routes,
                .. new AccountsApi(State, accounts.Customers, accounts.Methods).Routes,
                .. new PayoutsApi(State, Clock).Routes,
                .. new EventsApi(State, Clock).Routes,
            ],
            new Expander(State)
        );
        Postman = new Postman(this, options.SignWithSandboxClock);
    }

    public SandboxState State { get; }
    public SandboxClock Clock { get; }
    public EventLog Events { get; }
    public Accounts Accounts { get; }
    public Submission Submission { get; }
    public Money Money { get; }
    public TheBank Bank { get; }
    public Outbox Outbox { get; }
    public Postman Postman { get; }
    public IdempotencyKeys Keys { get; }
    public FaultBox Faults { get; }
    public RateLimit RateLimit { get; }
    public Router Router { get; }
    public CallLog Calls { get; } = new();
    public CancellationToken Stopping => stopping.Token;

    /// <summary>Whatever is due by now happens first, so that no answer shows a state that is out of date.</summary>
    public T Step<T>(EventRequest? request, Func<T> work) =>
        State.Step(
            null,
            () =>
            {
                Bank.AnswerDue(Clock.Now);
                return State.Step(request, work);
            }
        );

    public void Stop() => stopping.Cancel();

    public void Dispose()
    {
        Postman.Dispose();
        stopping.Dispose();
        State.Dispose();
    }
}
