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
        var hours = new BankHours(options.TimeZone);
        var diary = new BankDiary(State);
        var balance = new Balance(State, Clock);
        var customers = new Customers(State, Clock, Events, options.StrictIds);
        var mandates = new Mandates(State, Clock, Events, options.StrictIds);
        Methods = new PaymentMethods(State, Clock, Events, options.StrictIds);
        Disputes = new Disputes(State, Clock, Events, balance, mandates);
        var charges = new Charges(State, Clock, Events, balance, Methods, hours);
        var refunds = new Refunds(State, Clock, Events, balance, diary, hours);
        Submission = new Submission(State, Clock, Events, charges, Methods, mandates, diary, hours);
        Intents = new PaymentIntents(State, Clock, Events, Methods, mandates, Submission);
        Bank = new TheBank(State, Clock, diary, hours, charges, refunds, Disputes, Methods);
        Keys = new IdempotencyKeys(State, Clock);
        Faults = new FaultBox(options.Seed);
        RateLimit = new RateLimit(options.RequestsPerSecond);
        Router = new Router(
            [
                .. new PaymentIntentsApi(State, Clock, Intents, customers, Submission).Routes,
                .. new MoneyApi(State, refunds, Disputes).Routes,
                .. new AccountsApi(State, customers, Methods).Routes,
                .. new EventsApi(State, Clock).Routes,
            ],
            new Expander(State));
        Postman = new Postman(this, options.SignWithSandboxClock);
    }

    public SandboxState State { get; }
    public SandboxClock Clock { get; }
    public EventLog Events { get; }
    public PaymentMethods Methods { get; }
    public PaymentIntents Intents { get; }
    public Submission Submission { get; }
    public Disputes Disputes { get; }
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
    public T Step<T>(EventRequest? request, Func<T> work) => State.Step(null, () =>
    {
        Bank.AnswerDue(Clock.Now);
        return State.Step(request, work);
    });

    public void Stop() => stopping.Cancel();

    public void Dispose()
    {
        Postman.Dispose();
        stopping.Dispose();
        State.Dispose();
    }
}
