import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What operators watch, in the Prometheus text format. Labels are routes, codes and view names, never ids. */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'dossier_http_request_seconds',
    help: 'Time from request to answer, in seconds',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [this.registry],
  });

  readonly refusals = new Counter({
    name: 'dossier_refusals_total',
    help: 'Answers that were a problem, by its code',
    labelNames: ['code'],
    registers: [this.registry],
  });

  readonly lagEvents = new Gauge({
    name: 'dossier_view_lag_events',
    help: 'Events of the log that a view has not read yet',
    labelNames: ['view'],
    registers: [this.registry],
  });

  readonly lagSeconds = new Gauge({
    name: 'dossier_view_lag_seconds',
    help: 'Age of the oldest event that a view has not read yet, in seconds',
    labelNames: ['view'],
    registers: [this.registry],
  });

  readonly parked = new Gauge({
    name: 'dossier_view_parked_events',
    help: 'Events that could not be folded and wait for a retry',
    labelNames: ['view'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
