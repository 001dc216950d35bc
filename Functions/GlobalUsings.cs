global using Autopay.Domain;
