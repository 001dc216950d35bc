using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>The app keeps only provider ids; a plausible one is taken as existing unless the sandbox is strict.</summary>
internal sealed class Customers(SandboxState state, SandboxClock clock, EventLog events, bool strict)
{
    public Customer Create(Customer customer)
    {
        state.Customers.Put(customer);
        events.Emit("customer.created", customer);
        return customer;
    }

    public Customer Blank(string id) => new()
    {
        Id = id, Created = clock.UnixNow, InvoiceSettings = new(), Metadata = new Dictionary<string, string>(),
        InvoicePrefix = Ids.Derived(id, 8).ToUpperInvariant(),
    };

    public Customer Resolve(string id, string? param) =>
        state.Customers.Find(id)
        ?? (!strict && Ids.IsPlausible(id, "cus") ? state.Customers.Put(Blank(id)) : throw RefusedException.Missing("customer", id, param));
}
