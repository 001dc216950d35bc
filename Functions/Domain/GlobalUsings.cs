// The words of the domain are at hand in every room.
global using Autopay.Domain;
global using Autopay.Domain.Audit;
global using Autopay.Domain.Calendar;
global using Autopay.Domain.Certificates;
global using Autopay.Domain.CityControls;
global using Autopay.Domain.Commands;
global using Autopay.Domain.Corrections;
global using Autopay.Domain.Deciding;
global using Autopay.Domain.Deciding.Bills;
global using Autopay.Domain.Deciding.Charges;
global using Autopay.Domain.Deciding.Holds;
global using Autopay.Domain.Deciding.Payments;
global using Autopay.Domain.Events;
global using Autopay.Domain.Invariants;
global using Autopay.Domain.Ledger;
global using Autopay.Domain.Provider;
global using Autopay.Domain.Work;
