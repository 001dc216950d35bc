using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// The app keeps only provider ids; a plausible one is taken as existing unless the sandbox is strict.
/// </summary>
internal sealed class Customers(Core core)
{
    public Customer Create(Customer customer)
    {
        core.State.Customers.Put(customer);
        core.Events.Emit("customer.created", customer);
        return customer;
    }

    public Customer Blank(string id) =>
        new()
        {
            Id = id,
            Created = core.Clock.UnixNow,
            InvoiceSettings = new(),
            Metadata = new Dictionary<string, string>(),
            InvoicePrefix = Ids.Derived(id, 8).ToUpperInvariant(),
        };

    public Customer Resolve(string id, string? param) =>
        core.State.Customers.Find(id)
        ?? (
            !core.Strict && Ids.IsPlausible(id, "cus")
                ? core.State.Customers.Put(Blank(id))
                : throw RefusedException.Missing("customer", id, param)
        );
}
