import type { Benchmark, Result } from './support/benchmark';
import { measureLag } from './pipeline/lag';
import { measureLatencies } from './pipeline/latency';
import { measureLogToProjection } from './pipeline/log-to-projection';
import { Projected } from './pipeline/projected';
import { RunningCloud } from './pipeline/running-cloud';

/** From an HTTP command to the row that shows it, on `npm start`. */
export const pipeline: Benchmark = async (tell) => {
  const cloud = await RunningCloud.start();

  try {
    return await measure(cloud, tell);
  } finally {
    await cloud.stop();
  }
};

async function measure(cloud: RunningCloud, tell: (progress: string) => void): Promise<Result> {
  const projected = new Projected(cloud.documents, cloud.table('ProjectionUsers'));

  try {
    tell('lag, for a minute');
    const lag = await measureLag(cloud.url, projected);

    await projected.catchUp();
    const latency = await measureLatencies(cloud.url, projected, tell);
    const fromLog = await measureLogToProjection(cloud, projected, tell);

    return {
      question: 'A command until it is accepted and until it can be read, and what the way from log to row carries',
      tables: [lag.table, latency.table, ...fromLog.tables],
      figures: [lag.figure, fromLog.figure],
      plots: [latency.plot, lag.plot],
    };
  } finally {
    await projected.stop();
  }
}
