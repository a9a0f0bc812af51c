export const HELP = `Usage: npm run simulate -- [options]

  A seeded world of marketplaces, merchants, carriers, couriers, warehouses and buyers that lives on the public API,
  and a checker that compares the network's answers with what really happened.

Options
  --mode M       virtual (the test world's clock, event by event), fast (as fast as the server takes; prints parcels per
                 hour and where the time goes) or gentle (real time, on a running server)
  --seed N       another world; the same seed gives the same world (default 1)
  --parcels N    how many parcels (default 1000; gentle: of the days before it begins, 250)
  --days D       over how many days they are ordered (default 7; from five on with a promotion of six times the sales)
  --outside N    how many stories of shipments outside the network's lines, honest and not (default: three for ten
                 parcels); merchants are added where there is none for three stories
  --points N     instead, a world of N agent points: --parcels is then what comes and goes back in one day (default 400;
                 two days)
  --data DIR     data folder of a running server; without it one is started and thrown away
  --plant KIND   corrupt the truth or the answers before the checker looks: it must find it (or: all)
  --json         one JSON line at the end
`;
