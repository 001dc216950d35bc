using Autopay.StripeSandbox.Http;
using Autopay.StripeSandbox.Payments;
using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Api;

/// <summary>Customers, their payment methods and mandates.</summary>
internal sealed class AccountsApi(SandboxState state, Customers customers, PaymentMethods methods)
{
    private const string CustomersRoot = "/v1/customers";
    private const string MethodsRoot = "/v1/payment_methods";

    private static readonly string[] CustomerFields =
    [
        "address",
        "balance",
        "business_name",
        "cash_balance",
        "description",
        "email",
        "individual_name",
        "invoice_prefix",
        "invoice_settings",
        "metadata",
        "name",
        "next_invoice_sequence",
        "payment_method",
        "phone",
        "preferred_locales",
        "shipping",
        "source",
        "tax",
        "tax_exempt",
        "tax_id_data",
        "test_clock",
        "validate",
    ];

    public IEnumerable<Route> Routes =>
        [
            Route.Post(CustomersRoot, CreateCustomer, CustomerFields),
            Route.Get(CustomersRoot + "/{id}", (_, id) => customers.Resolve(id, null)),
            Route.List(
                CustomersRoot + "/{id}/payment_methods",
                (parameters, id) => ListMethods(parameters, id, $"{CustomersRoot}/{id}/payment_methods"),
                "type",
                "allow_redisplay"
            ),
            Route.List(
                MethodsRoot,
                (parameters, _) => ListMethods(parameters, parameters.Text("customer"), MethodsRoot),
                "customer",
                "customer_account",
                "type",
                "allow_redisplay"
            ),
            Route.Get(MethodsRoot + "/{id}", (_, id) => methods.Resolve(id, null)),
            Route.Post(MethodsRoot + "/{id}/attach", Attach, "customer", "customer_account"),
            Route.Post(MethodsRoot + "/{id}/detach", (_, id) => methods.Detach(id)),
            Route.Get(
                "/v1/mandates/{id}",
                (_, id) => state.Mandates.Find(id) ?? throw RefusedException.Missing("mandate", id)
            ),
        ];

    private Customer CreateCustomer(Parameters parameters, string none)
    {
        var created = customers.Create(
            customers.Blank(Ids.New("cus")[..18]) with
            {
                Description = parameters.Text("description"),
                Email = parameters.Text("email"),
                Metadata = parameters.Metadata(),
                Name = parameters.Text("name"),
                Phone = parameters.Text("phone"),
            }
        );
        if (parameters.Text("payment_method") is { } method)
        {
            methods.Attach(method, created.Id);
        }
        return created;
    }

    private PaymentMethod Attach(Parameters parameters, string id) =>
        methods.Attach(id, customers.Resolve(parameters.Required("customer"), "customer").Id);

    private ListPage ListMethods(Parameters parameters, string? customer, string url)
    {
        var attached = state.PaymentMethods.NewestFirst().Where(method => method.Customer is not null);
        var rows = customer is null ? attached : state.PaymentMethods.GroupNewestFirst(customer);
        return Pages.Cut(
            rows.Where(method => parameters.Text("type") is not { } type || type == method.Type),
            parameters,
            url
        );
    }
}
