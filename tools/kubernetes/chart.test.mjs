// Run with: CI=true node --test tools/kubernetes/chart.test.mjs
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { findHelm } from './helm.mjs';
import { StrictManifests } from './strict-manifest.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CHART = join(root, 'docker/helm');
const EVERYTHING = [
  ...['ingress.enabled=true', 'ingress.className=nginx', 'ingress.tlsSecretName=chat-tls', 'serviceMonitor.enabled=true'],
  ...['publicUrl=https://chat.example/echo', 'settings.ECHO_LOG_LEVEL=debug', 'priorityClassName=high', 'imagePullSecrets[0].name=pull'],
  ...['networkPolicy.to[0].ports[0].port=5432', 'podLabels.team=chat', 'nodeSelector.disk=fast', 'envFrom[0].secretRef.name=keys'],
];

let helm;
let manifests;
let reason;
try {
  helm = findHelm(process.env.CI === 'true');
  manifests = new StrictManifests();
} catch (error) {
  // Told as the reason why the chart is not tested here.
  reason = error.message.split('\n')[0];
}

function run(...args) {
  return spawnSync(helm, args, { encoding: 'utf8' });
}

/** The manifests that these values make. */
function render(...values) {
  const { status, stdout, stderr } = run('template', 'team', CHART, ...values.flatMap((value) => ['--set', value]));
  assert.equal(status, 0, stderr);
  const documents = parseAllDocuments(stdout);
  assert.deepEqual(
    documents.flatMap(({ errors }) => errors),
    [],
  );
  return documents.map((document) => document.toJS()).filter((manifest) => manifest !== null);
}

describe('the chart for Kubernetes', { skip: reason }, () => {
  let all;
  const of = (kind, from = all) => from.find((manifest) => manifest.kind === kind);

  before(() => {
    all = render(...EVERYTHING);
  });

  it('is what Helm wants of a chart', () => {
    const { status, stdout, stderr } = run('lint', '--strict', CHART);
    assert.equal(status, 0, stdout + stderr);
  });

  it('makes what Kubernetes takes, with everything in it and with as little as possible', async () => {
    const least = render(
      'disruptionBudget.enabled=false',
      'networkPolicy.enabled=false',
      'serviceAccount.name=default',
      'secret.metricsToken=',
    );
    assert.deepEqual(least.map(({ kind }) => kind).sort(), ['Deployment', 'Service']);
    for (const manifest of [...all, ...render(), ...least]) {
      if (manifest.kind === 'ServiceMonitor') continue; // Not Kubernetes' own: below.
      assert.deepEqual(await manifests.check(manifest), [], `${manifest.kind} ${JSON.stringify(manifest, null, 1)}`);
    }
  });

  it('is held against schemas that see what is wrong', async () => {
    const deployment = () => structuredClone(of('Deployment'));
    const faults = [
      [
        (manifest) => (manifest.spec.template.spec.containers[0].readinesProbe = {}),
        'Deployment.spec.template.spec.containers[0].readinesProbe: not known',
      ],
      [(manifest) => (manifest.spec.replicas = '3'), 'Deployment.spec.replicas: is string, not number'],
      [(manifest) => delete manifest.spec.selector, 'Deployment.spec.selector: missing'],
      [(manifest) => (manifest.apiVersion = 'apps/v1beta1'), 'apps/v1beta1 Deployment: no kind that current Kubernetes serves'],
    ];
    for (const [breakIt, told] of faults) {
      const manifest = deployment();
      breakIt(manifest);
      assert.deepEqual(await manifests.check(manifest), [told]);
    }
  });

  it('runs replicas as nobody in particular, who can write nowhere and ask Kubernetes nothing', () => {
    const { spec } = of('Deployment').spec.template;
    assert.deepEqual(spec.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    assert.deepEqual(spec.containers[0].securityContext, {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    assert.equal(spec.automountServiceAccountToken, false);
  });

  it('lets answers end before a replica does', () => {
    const { spec } = of('Deployment', render('drainSeconds=90')).spec.template;
    assert.ok(spec.terminationGracePeriodSeconds > 90 + 10);
    assert.equal(spec.containers[0].env.find(({ name }) => name === 'ECHO_DRAIN_SECONDS').value, '90');
    assert.deepEqual(of('Deployment').spec.strategy.rollingUpdate, { maxSurge: 1, maxUnavailable: 0 });
  });

  it('gives secrets as files, and never as text', () => {
    const text = JSON.stringify(of('Deployment'));
    for (const name of ['DATABASE_URL', 'ECHO_MASTER_KEY', 'ECHO_METRICS_TOKEN']) {
      assert.match(text, new RegExp(`"${name}_FILE"`));
      assert.doesNotMatch(text, new RegExp(`"${name}"`));
    }
  });

  it('puts the host and the path of the public address into the ingress', () => {
    const { tls, rules, ingressClassName } = of('Ingress').spec;
    assert.deepEqual([tls, ingressClassName], [[{ hosts: ['chat.example'], secretName: 'chat-tls' }], 'nginx']);
    assert.deepEqual([rules[0].host, rules[0].http.paths[0].path], ['chat.example', '/echo']);
  });

  it('finds its own pods by the labels that they have', () => {
    const { labels } = of('Deployment').spec.template.metadata;
    const selectors = [
      of('Deployment').spec.selector.matchLabels,
      of('Service').spec.selector,
      of('PodDisruptionBudget').spec.selector.matchLabels,
      of('NetworkPolicy').spec.podSelector.matchLabels,
    ];
    for (const selector of selectors) assert.deepEqual({ ...labels, ...selector }, labels);
    assert.deepEqual(of('ServiceMonitor').spec, {
      selector: { matchLabels: of('Service').spec.selector },
      endpoints: [
        {
          port: 'http',
          path: '/api/metrics',
          interval: '30s',
          authorization: { type: 'Bearer', credentials: { name: 'echov2', key: 'metrics-token' } },
        },
      ],
    });
    const service = of('Service').metadata.labels;
    assert.deepEqual({ ...service, ...of('ServiceMonitor').spec.selector.matchLabels }, service);
  });

  it('refuses values that cannot be meant', () => {
    const wrong = [
      'replicas=0',
      'replica=3',
      'publicUrl=chat.example',
      'publicUrl=https://chat.example/',
      'image.digest=latest',
      'settings.ECHO_MAX_LIVE_RUNS=400',
      'settings.DATABASE_URL=postgres://in.the.open',
      'drainSeconds=-1',
      'service.port=0',
      'disruptionBudget.maxUnavailable=0',
    ];
    for (const value of wrong) {
      const { status, stderr } = run('template', 'team', CHART, '--set', value);
      assert.notEqual(status, 0, value);
      assert.match(stderr, /schema/, value);
    }
  });

  it('is for the version of the application that lies beside it', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    assert.equal(of('Deployment').metadata.labels['app.kubernetes.io/version'], version);
  });
});
